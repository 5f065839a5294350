package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the loaded model alone can do for OpenAI's clients: several answers, probabilities, tools. */
@ExtendWith(ShopExtension.class)
class OpenAiChoicesTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String TOOLS = """
            ,"tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object",
              "properties":{"city":{"type":"string"}},"required":["city"]}}},
             {"type":"function","function":{"name":"clock"}}]""";

    private final Web web;

    OpenAiChoicesTest(ShopServer shop) {
        web = shop.first();
    }

    @Test
    void givesSeveralAnswersAndCountsThePromptOnce() throws Exception {
        JsonNode one = ask(",\"max_tokens\":6");

        JsonNode three = ask(",\"max_tokens\":6,\"n\":3,\"temperature\":1.5");

        assertThat(three.path("choices").findValuesAsText("index")).containsExactly("0", "1", "2");
        assertThat(three.at("/usage/prompt_tokens")).isEqualTo(one.at("/usage/prompt_tokens"));
        assertThat(three.at("/usage/completion_tokens").asInt()).isBetween(9, 18);
    }

    @Test
    void streamsSeveralAnswersEachWithItsEnd() throws Exception {
        Web.Reply reply = web.post(PATH, body(",\"max_tokens\":4,\"n\":2,\"stream\":true"));

        List<JsonNode> ends = chunks(reply).stream()
                .map(chunk -> chunk.at("/choices/0"))
                .filter(choice -> choice.hasNonNull("finish_reason"))
                .toList();
        assertThat(ends).extracting(choice -> choice.path("index").asInt()).containsExactlyInAnyOrder(0, 1);
        assertThat(reply.events().getLast().data()).isEqualTo("[DONE]");
    }

    @Test
    void tellsTheProbabilitiesOfTokens() throws Exception {
        JsonNode reply = ask(",\"max_tokens\":5,\"temperature\":0,\"logprobs\":true,\"top_logprobs\":3");

        JsonNode content = reply.at("/choices/0/logprobs/content");
        assertThat(content).hasSize(reply.at("/usage/completion_tokens").asInt());
        for (JsonNode token : content) {
            JsonNode top = token.path("top_logprobs");
            assertThat(top).hasSize(3);
            assertThat(top.get(0).path("token")).isEqualTo(token.path("token"));
            assertThat(token.path("logprob").asDouble())
                    .isEqualTo(top.get(0).path("logprob").asDouble(), within(1e-9))
                    .isNegative();
            assertThat(sum(top)).isLessThanOrEqualTo(1.0);
        }
        assertThat(String.join("", content.findValuesAsText("token"))).isNotBlank();
    }

    private static double sum(JsonNode top) {
        double sum = 0;
        for (JsonNode one : top) {
            sum += Math.exp(one.path("logprob").asDouble());
        }
        return sum;
    }

    @Test
    void tellsTheSameProbabilitiesInAStream() throws Exception {
        String fields = ",\"max_tokens\":5,\"temperature\":0,\"logprobs\":true";
        JsonNode whole = ask(fields).at("/choices/0/logprobs/content");

        List<JsonNode> chunks = chunks(web.post(PATH, body(fields + ",\"stream\":true")));

        List<String> streamed = chunks.stream()
                .flatMap(chunk -> chunk.at("/choices/0/logprobs/content").findValuesAsText("logprob").stream())
                .toList();
        assertThat(streamed).hasSameSizeAs(whole.findValuesAsText("logprob"));
    }

    @Test
    void callsTheToolThatIsNamed() throws Exception {
        JsonNode reply = ask(TOOLS
                + ",\"max_tokens\":60,\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}");

        JsonNode choice = reply.at("/choices/0");
        JsonNode call = choice.at("/message/tool_calls/0");
        assertThat(choice.path("finish_reason").asText()).as(reply.toString()).isEqualTo("tool_calls");
        assertThat(call.at("/function/name").asText()).isEqualTo("weather");
        assertThat(Web.parse(call.at("/function/arguments").asText())
                        .path("city")
                        .isTextual())
                .isTrue();
    }

    @Test
    void streamsACallOfATool() throws Exception {
        List<JsonNode> chunks =
                chunks(web.post(PATH, body(TOOLS + ",\"max_tokens\":60,\"tool_choice\":\"required\",\"stream\":true")));

        List<String> names = chunks.stream()
                .flatMap(chunk -> chunk.at("/choices/0/delta/tool_calls").findValuesAsText("name").stream())
                .toList();
        assertThat(names).singleElement().isIn("weather", "clock");
    }

    @Test
    void takesTheResultOfACall() throws Exception {
        String messages = """
                [{"role":"user","content":"Weather in Munich?"},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
                   "function":{"name":"weather","arguments":"{\\"city\\":\\"Munich\\"}"}}]},
                 {"role":"tool","tool_call_id":"c1","content":"sunny"}]""";

        Web.Reply reply = web.post(
                PATH,
                "{\"model\":\"" + ShopServer.MODEL + "\",\"messages\":" + messages + TOOLS
                        + ",\"tool_choice\":\"none\",\"max_tokens\":8}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/choices/0/message/content").asText()).isNotBlank();
    }

    @Test
    void goesOnWithTexts() throws Exception {
        Web.Reply reply = web.post(
                "/v1/completions",
                "{\"model\":\"" + ShopServer.MODEL
                        + "\",\"prompt\":[\"One, two, three,\",\"Red, green,\"],\"max_tokens\":4,\"logprobs\":1,"
                        + "\"temperature\":0}");

        JsonNode body = reply.json();
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(body.path("choices")).hasSize(2);
        assertThat(body.at("/choices/0/text").asText()).isNotBlank();
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(body.at("/choices/1/logprobs/token_logprobs")).hasSize(4);
        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(8);
    }

    @Test
    void streamsACompletion() throws Exception {
        Web.Reply reply = web.post(
                "/v1/completions",
                "{\"model\":\"" + ShopServer.MODEL + "\",\"prompt\":\"One, two,\",\"max_tokens\":3,\"stream\":true,"
                        + "\"echo\":true,\"stream_options\":{\"include_usage\":true}}");

        List<JsonNode> chunks = chunks(reply);
        assertThat(chunks.getFirst().at("/choices/0/text").asText()).isEqualTo("One, two,");
        assertThat(chunks.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(3);
    }

    private JsonNode ask(String fields) throws Exception {
        Web.Reply reply = web.post(PATH, body(fields));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static String body(String fields) {
        return "{\"model\":\"" + ShopServer.MODEL
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Name an animal.\"}]" + fields + "}";
    }

    private static List<JsonNode> chunks(Web.Reply reply) {
        return reply.events().stream()
                .filter(event -> event.data().startsWith("{"))
                .map(Web.Event::json)
                .toList();
    }
}
