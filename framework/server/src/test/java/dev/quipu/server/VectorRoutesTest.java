package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Embeddings and ranking over HTTP. */
@ExtendWith(ShopExtension.class)
class VectorRoutesTest {
    private final Web web;

    VectorRoutesTest(ShopServer shop) {
        web = shop.first();
    }

    @Test
    void embedsTextsInTheirOrder() throws Exception {
        JsonNode both = embed("{\"model\":\"all-minilm-l6-v2\",\"input\":[\"a lamp\",\"a chair\"]}");
        JsonNode second = embed("{\"model\":\"all-minilm-l6-v2\",\"input\":\"a chair\"}");

        assertThat(both.path("data")).hasSize(2);
        assertThat(both.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(both.at("/data/1/embedding")).hasSize(384).isEqualTo(second.at("/data/0/embedding"));
        assertThat(both.at("/usage/prompt_tokens").asInt()).isPositive();
    }

    @Test
    void packsNumbersForThoseWhoAskForIt() throws Exception {
        JsonNode plain = embed("{\"input\":\"a lamp\"}").at("/data/0/embedding");

        JsonNode packed =
                embed("{\"input\":\"a lamp\",\"encoding_format\":\"base64\"}").at("/data/0/embedding");

        ByteBuffer numbers =
                ByteBuffer.wrap(Base64.getDecoder().decode(packed.asText())).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode number : plain) {
            assertThat(numbers.getFloat()).isEqualTo((float) number.asDouble());
        }
        assertThat(numbers.hasRemaining()).isFalse();
    }

    @Test
    void ranksDocumentsByTheirRelevance() throws Exception {
        Web.Reply reply = web.post("/v1/rerank", """
                {"model":"all-minilm-l6-v2","query":"a pet that barks","top_n":2,"return_documents":true,
                 "documents":["the price of steel",{"text":"dogs are loyal companions"},"a recipe for soup"]}""");

        JsonNode results = reply.json().path("results");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(results).hasSize(2);
        assertThat(results.at("/0/index").asInt()).isEqualTo(1);
        assertThat(results.at("/0/document/text").asText()).contains("dogs");
        assertThat(results.at("/0/relevance_score").asDouble())
                .isGreaterThan(results.at("/1/relevance_score").asDouble());
    }

    @Test
    void describesOneModel() throws Exception {
        assertThat(web.get("/v1/models/quipu").json().path("id").asText()).isEqualTo("quipu");
        assertThat(web.get("/v1/models/gpt-17").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/embeddings | {} | 400",
                "/v1/embeddings | {\"input\":[]} | 400",
                "/v1/embeddings | {\"input\":[[1,2]]} | 400",
                "/v1/embeddings | {\"input\":\" \"} | 400",
                "/v1/embeddings | {\"input\":\"a\",\"dimensions\":3} | 400",
                "/v1/embeddings | {\"input\":\"a\",\"encoding_format\":\"hex\"} | 400",
                "/v1/embeddings | {\"input\":\"a\",\"model\":\"quipu\"} | 404",
                "/v1/rerank | {\"query\":\"a\"} | 400",
                "/v1/rerank | {\"query\":\"\",\"documents\":[\"a\"]} | 400",
                "/v1/rerank | {\"query\":\"a\",\"documents\":[\"a\"],\"top_n\":0} | 400",
                "/v1/completions | {\"prompt\":[1,2]} | 400",
                "/v1/completions | {\"prompt\":\"a\",\"suffix\":\"b\"} | 400",
                "/v1/completions | {\"prompt\":\"a\",\"model\":\"quipu\"} | 404",
            })
    void refusesWhatItCannotServe(String path, String body, int status) throws Exception {
        Web.Reply reply = web.post(path, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().at("/error/message").asText()).startsWith("QP-");
    }

    private JsonNode embed(String body) throws Exception {
        Web.Reply reply = web.post("/v1/embeddings", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }
}
