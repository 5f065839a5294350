package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of OpenAI's API, field by field. */
@ExtendWith(ShopExtension.class)
class OpenAiRoutesTest {
    private static final String PATH = "/v1/chat/completions";

    private final Web web;

    OpenAiRoutesTest(ShopServer shop) {
        web = shop.first();
    }

    @Test
    void listsTheAssistantAndTheLoadedModel() throws Exception {
        Web.Reply reply = web.get("/v1/models");

        assertThat(reply.json().path("object").asText()).isEqualTo("list");
        assertThat(reply.json().path("data").findValuesAsText("id"))
                .containsExactly("quipu", ShopServer.MODEL, "all-minilm-l6-v2", "bge-small-zh-v1.5");
    }

    @Test
    void addsTheEvidenceToAnAnswerFromTheGraph() throws Exception {
        Web.Reply reply = web.post(PATH, question("quipu", "Where is my order A50002?", ""));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/quipu/intent").asText()).isEqualTo("order.status");
        assertThat(reply.json().at("/quipu/retrieval/facts")).isNotEmpty();
    }

    @Test
    void endsAStreamWithTheReasonTheUsageAndDone() throws Exception {
        Web.Reply reply = web.post(
                PATH,
                question(
                        "quipu",
                        "Where is my order A50002?",
                        ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        List<Web.Event> events = reply.events();
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        assertThat(events.getFirst().json().at("/choices/0/delta/role").asText())
                .isEqualTo("assistant");
        assertThat(events.getLast().data()).isEqualTo("[DONE]");
        assertThat(events.get(events.size() - 2)
                        .json()
                        .at("/usage/total_tokens")
                        .asInt())
                .isPositive();
        assertThat(events.get(events.size() - 3)
                        .json()
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo("stop");
    }

    @Test
    void leavesTheUsageOutOfAStreamThatDidNotAskForIt() throws Exception {
        Web.Reply reply = web.post(PATH, question(ShopServer.MODEL, "Hi", ",\"stream\":true,\"max_tokens\":2"));

        assertThat(reply.text()).doesNotContain("\"usage\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void readsTextPartsAndIgnoresFieldsThatItDoesNotKnow() throws Exception {
        String body = """
                {"model":"quipu","store":true,"metadata":{"a":1},"temperature":null,"messages":[
                  {"role":"system","content":"Be brief."},
                  {"role":"user","name":"me","content":[{"type":"text","text":"Where is my"},
                    {"type":"text","text":"order A50002?"}]}]}""";

        Web.Reply reply = web.post(PATH, body);

        assertThat(content(reply)).contains("A50002");
    }

    @Test
    void leavesOutASystemMessageThatSaysNothing() throws Exception {
        String messages = "[{\"role\":\"system\",\"content\":\"\"},{\"role\":\"user\",\"content\":\"Hi\"}]";

        Web.Reply reply = web.post(
                PATH, "{\"model\":\"" + ShopServer.MODEL + "\",\"max_tokens\":2,\"messages\":" + messages + "}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @Test
    void keepsTheConversationThatAHeaderNames() throws Exception {
        Web.Reply first = web.post(
                PATH, question("quipu", "Where is my order A50002?", ""), GroundedModel.CONVERSATION, "header-talk");

        Web.Reply second = web.post(
                PATH, question("quipu", "Which items are in it?", ""), GroundedModel.CONVERSATION, "header-talk");

        assertThat(first.header(GroundedModel.CONVERSATION)).isEqualTo("header-talk");
        assertThat(content(second)).contains("A50002");
        assertThat(web.get("/api/conversations/header-talk").json().path("turns"))
                .hasSize(2);
    }

    @Test
    void keepsOneConversationForAUserWhoSendsSingleQuestions() throws Exception {
        web.post(PATH, question("quipu", "Where is my order A50002?", ",\"user\":\"u-77\""));

        Web.Reply second = web.post(PATH, question("quipu", "Which items are in it?", ",\"user\":\"u-77\""));

        assertThat(content(second)).contains("A50002");
    }

    @Test
    void startsAConversationOfItsOwnForARequestWithoutAny() throws Exception {
        Web.Reply first = web.post(PATH, question("quipu", "Where is my order A50002?", ""));

        Web.Reply second = web.post(PATH, question("quipu", "Where is my order A50002?", ""));

        assertThat(second.header(GroundedModel.CONVERSATION)).isNotEqualTo(first.header(GroundedModel.CONVERSATION));
    }

    @Test
    void drawsTheSameTextForTheSameSeed() throws Exception {
        String body = question(ShopServer.MODEL, "Name an animal.", ",\"seed\":7,\"max_tokens\":12,\"temperature\":1");

        Web.Reply first = web.post(PATH, body);
        Web.Reply second = web.post(PATH, body);

        assertThat(content(second)).isEqualTo(content(first)).isNotBlank();
    }

    @Test
    void bindsTheModelToAJsonSchema() throws Exception {
        String format = """
                ,"max_tokens":60,"temperature":0,"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":
                  {"type":"object","required":["animal"],"properties":{"animal":{"enum":["fox","owl"]}}}}}""";

        Web.Reply reply = web.post(PATH, question(ShopServer.MODEL, "Name an animal.", format));

        assertThat(Web.parse(content(reply)).path("animal").asText()).isIn("fox", "owl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"$ref\":\"#\"}|QP-GRAMMAR-003",
                "{\"type\":\"integer\",\"multipleOf\":3}|QP-GRAMMAR-002",
                "{\"type\":\"wall\"}|QP-GRAMMAR-001",
            })
    void refusesASchemaThatItCannotHold(String schema, String code) throws Exception {
        String format = ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":" + schema + "}}";

        Web.Reply reply = web.post(PATH, question(ShopServer.MODEL, "Hi", format));

        requireOpenAiError(reply, 400, code);
        assertThat(reply.json().at("/error/param").asText()).isEqualTo("response_format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\":99",
                "\"top_logprobs\":3",
                "\"logprobs\":true,\"top_logprobs\":21",
                "\"stream_options\":7",
                "\"tools\":{}",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]",
                "\"tool_choice\":\"required\"",
                "\"temperature\":-1",
                "\"temperature\":1e300",
                "\"temperature\":\"warm\"",
                "\"top_p\":1.5",
                "\"max_tokens\":0",
                "\"max_tokens\":99999999999999",
                "\"max_completion_tokens\":-5",
                "\"frequency_penalty\":3",
                "\"presence_penalty\":[]",
                "\"seed\":1.5",
                "\"stop\":[1]",
                "\"stop\":\"\"",
                "\"stream\":\"yes\"",
                "\"tools\":[{\"type\":\"function\"}]",
                "\"response_format\":{\"type\":\"xml\"}",
                "\"response_format\":{\"type\":\"yaml\"}",
            })
    void refusesWhatItCannotHonour(String field) throws Exception {
        Web.Reply reply = web.post(PATH, question(ShopServer.MODEL, "Hi", "," + field));

        requireOpenAiError(reply, 400, "QP-SERVER-005");
        assertThat(field).contains('"' + reply.json().at("/error/param").asText("none") + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"messages\":[]}",
                "{\"messages\":\"hello\"}",
                "{\"messages\":[7]}",
                "{\"messages\":[{\"role\":\"user\"}]}",
                "{\"messages\":[{\"role\":\"system\",\"content\":\" \"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\\u0000\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"  \"}]}",
                "{\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}",
                "{\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]}",
                "{\"messages\":[{\"role\":\"assistant\",\"content\":\"x\",\"tool_calls\":[{}]}]}",
                "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":{}}]}",
                "{\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "{\"logprobs\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}]}",
            })
    void refusesMessagesOfAnotherForm(String body) throws Exception {
        Web.Reply reply = web.post(PATH, body);

        requireOpenAiError(reply, 400, "QP-SERVER-005");
    }

    @Test
    void refusesAPromptThatTheContextDoesNotHold() throws Exception {
        Web.Reply reply = web.post(PATH, question(ShopServer.MODEL, "word ".repeat(20_000), ""));

        requireOpenAiError(reply, 400, "QP-ENGINE-003", "context_length_exceeded");
        assertThat(reply.json().at("/error/param").asText()).isEqualTo("messages");
    }

    @Test
    void namesAnUnknownModel() throws Exception {
        Web.Reply reply = web.post(PATH, question("gpt-17", "Hi", ""));

        requireOpenAiError(reply, 404, "QP-SERVER-007", "model_not_found");
        assertThat(reply.json().at("/error/param").asText()).isEqualTo("model");
    }

    private static void requireOpenAiError(Web.Reply reply, int status, String code) {
        requireOpenAiError(reply, status, code, code);
    }

    private static void requireOpenAiError(Web.Reply reply, int status, String code, String word) {
        JsonNode error = reply.json().path("error");
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(error.path("code").asText()).isEqualTo(word);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asText()).startsWith(code);
    }

    private static String question(String model, String text, String more) throws IOException {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":" + Json.write(text) + "}]"
                + more + "}";
    }

    private static String content(Web.Reply reply) {
        return reply.json().at("/choices/0/message/content").asText();
    }
}
