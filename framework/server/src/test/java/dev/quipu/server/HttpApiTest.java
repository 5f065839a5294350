package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is common to all routes: limits, forms, methods, and clients that behave badly. */
@ExtendWith(ShopExtension.class)
class HttpApiTest {
    private static final String MESSAGES = "/api/conversations/http-test/messages";

    private final ShopServer shop;
    private final Web web;

    HttpApiTest(ShopServer shop) {
        this.shop = shop;
        this.web = shop.first();
    }

    @Test
    void saysThatItIsUpAndReady() throws Exception {
        assertThat(web.get("/health").json().path("status").asText()).isEqualTo("up");
        assertThat(web.get("/ready").json().path("status").asText()).isEqualTo("ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "\"text\"", "{\"text\":}", "{\"text\":1e}", "{\"text\":7}", "{} {"})
    void refusesABodyThatIsNoJsonObjectWithAText(String body) throws Exception {
        requireError(web.post(MESSAGES, body), 400, "QP-SERVER-005");
    }

    @Test
    void refusesJsonThatIsNestedAThousandLevelsDeep() throws Exception {
        String deep = "{\"text\":".repeat(1_000) + "1" + "}".repeat(1_000);

        requireError(web.post(MESSAGES, deep), 400, "QP-SERVER-005");
        assertThat(web.post("/v1/chat/completions", deep)
                        .json()
                        .at("/error/code")
                        .asText())
                .isEqualTo("QP-SERVER-005");
    }

    @ParameterizedTest
    @CsvSource({"60, 200", "64, 400"})
    void readsJsonUpToADepth(int levels, int status) throws Exception {
        String body = "{\"text\":\"Hi\",\"more\":" + "[".repeat(levels) + "]".repeat(levels) + "}";

        assertThat(web.post(MESSAGES, body).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0, 200", "1, 413"})
    void readsABodyUpToItsLimit(int more, int status) throws Exception {
        String head = "{\"text\":\"Hi\",\"more\":\"";
        int filling = HttpLimits.STANDARD.bodyBytes() - head.length() - 2 + more;

        assertThat(web.post(MESSAGES, head + "x".repeat(filling) + "\"}").status())
                .isEqualTo(status);
    }

    @Test
    void givesUpOnAnAnswerThatTakesTooLong() throws Exception {
        Web.Reply reply = hasty(Duration.ofMillis(1)).post("/v1/chat/completions", endless(false));

        assertThat(reply.status()).as(reply.text()).isEqualTo(504);
        assertThat(reply.json().at("/error/code").asText()).isEqualTo("QP-ENGINE-012");
        assertThat(reply.json().at("/error/type").asText()).isEqualTo("server_error");
    }

    @Test
    void endsAStreamThatTakesTooLongWithTheError() throws Exception {
        Web.Reply reply = hasty(Duration.ofMillis(500)).post("/v1/chat/completions", endless(true));

        assertThat(reply.text()).contains("\"code\":\"QP-ENGINE-012\"").doesNotContain("[DONE]");
    }

    private Web hasty(Duration answer) {
        return new Web(shop.serve("C1000", Access.LOCAL, HttpLimits.STANDARD.withAnswer(answer)));
    }

    private static String endless(boolean stream) {
        return "{\"model\":\"" + ShopServer.MODEL + "\",\"max_tokens\":3000,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Tell a story.\"}],\"response_format\":{\"type\":"
                + "\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"string\",\"minLength\":9000}}}}";
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws Exception {
        byte[] body = "{\"text\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        Web.Reply reply = web.send(web.request(MESSAGES)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));

        requireError(reply, 400, "QP-SERVER-005");
    }

    @Test
    void refusesTextThatIsHalfACharacter() throws Exception {
        requireError(web.post(MESSAGES, "{\"text\":\"\\ud83d\"}"), 400, "QP-API-003");
    }

    @Test
    void refusesABodyAboveTheLimit() throws Exception {
        String body = "{\"text\":\"" + "x".repeat(1 << 20) + "\"}";

        requireError(web.post(MESSAGES, body), 413, "QP-SERVER-006");
    }

    @Test
    void refusesAQuestionOfAHundredThousandCharacters() throws Exception {
        String body = "{\"text\":\"" + "x".repeat(100_000) + "\"}";

        requireError(web.post(MESSAGES, body), 400, "QP-API-002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void refusesABodyOfAnotherType(String type) throws Exception {
        Web.Reply reply = web.send(web.request(MESSAGES)
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"Hi\"}")));

        requireError(reply, 415, "QP-SERVER-013");
    }

    @Test
    void takesTheCharsetInTheType() throws Exception {
        Web.Reply reply = web.send(web.request(MESSAGES)
                .header("content-type", "Application/JSON; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"Hi\"}")));

        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/nothing,404,QP-SERVER-011",
        "GET,/v1/chat/completions,405,QP-SERVER-012",
        "POST,/v1/responses,404,QP-SERVER-011",
        "GET,/v1/responses,404,QP-SERVER-011",
        "POST,/health,405,QP-SERVER-012",
        "DELETE,/api/conversations/x,405,QP-SERVER-012",
        "GET,/..%2f..%2fetc/passwd,404,QP-SERVER-011",
    })
    void saysWhatIsNotThere(String method, String path, int status, String code) throws Exception {
        Web.Reply reply = web.send(web.request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.text()).contains(code);
    }

    @Test
    void givesUpOnABodyThatDoesNotCome() throws Exception {
        HttpLimits hasty = HttpLimits.STANDARD.withBodyTime(Duration.ofMillis(200));
        Web server = new Web(shop.serve("C1000", Access.LOCAL, hasty));

        try (Socket slow = server.connect("POST " + MESSAGES + " HTTP/1.1\r\nhost: localhost\r\n"
                + "content-type: application/json\r\ncontent-length: 100\r\n\r\n{\"te")) {
            String status = new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();

            assertThat(status).contains("408");
        }
        assertThat(server.get("/health").status()).isEqualTo(200);
    }

    @Test
    void closesAConnectionOnWhichNothingHappens() throws Exception {
        HttpLimits hasty = HttpLimits.STANDARD.withIdle(Duration.ofMillis(200));
        Web server = new Web(shop.serve("C1000", Access.LOCAL, hasty));

        try (Socket idle = server.connect("GET /health HT")) {
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    @Timeout(120)
    void stopsTheModelWhenTheReaderOfItsStreamIsGone() throws Exception {
        Web server = new Web(shop.serve("C1000", Access.LOCAL, HttpLimits.STANDARD));
        String body = "{\"model\":\"" + ShopServer.MODEL + "\",\"stream\":true,\"max_tokens\":900,\"temperature\":2,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Count from one to a thousand in words.\"}]}";
        double before = value(server.get("/metrics").text(), "quipu_model_tokens_total{type=\"output\"}");
        int most = 0;

        for (int i = 0; i < 4; i++) {
            try (Socket leaving = server.connect("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
                    + "content-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n" + body)) {
                assertThat(leaving.getInputStream().read()).isEqualTo('H');
            }
            most += 900;
        }
        String metrics = server.get("/metrics").text();
        while (value(metrics, "quipu_model_running") > 0) {
            metrics = server.get("/metrics").text();
        }

        assertThat(value(metrics, "quipu_model_tokens_total{type=\"output\"}") - before)
                .isLessThan(most / 2.0);
        assertThat(value(metrics, "quipu_model_failures_total")).isZero();
    }

    @Test
    void exposesMetricsUnderStableNamesInPrometheusForm() throws Exception {
        web.post(MESSAGES, "{\"text\":\"Where is my order A50002?\"}");

        Web.Reply reply = web.get("/metrics");

        assertThat(reply.header("content-type")).startsWith("text/plain; version=0.0.4");
        assertThat(reply.text().lines())
                .allMatch(line ->
                        line.matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{([a-z_]+=\"[^\"]*\",?)+})? [-+0-9.eE]+|NaN"));
        assertThat(reply.text()
                        .lines()
                        .filter(line -> line.startsWith("# TYPE"))
                        .map(line -> line.substring(7)))
                .containsExactlyInAnyOrder(
                        "quipu_answers_total counter",
                        "quipu_answers_degraded_total counter",
                        "quipu_answer_seconds gauge",
                        "quipu_errors_total counter",
                        "quipu_turns_running gauge",
                        "quipu_turns_waiting gauge",
                        "quipu_model_running gauge",
                        "quipu_model_waiting gauge",
                        "quipu_model_failures_total counter",
                        "quipu_model_tokens_total counter",
                        "quipu_model_cache_hit_ratio gauge",
                        "quipu_model_cache_cells_used gauge",
                        "quipu_model_cache_cells gauge",
                        "quipu_model_cache_prefixes gauge",
                        "quipu_model_cache_evictions_total counter",
                        "quipu_model_cache_spills_total counter",
                        "quipu_model_cache_restores_total counter",
                        "quipu_model_preemptions_total counter",
                        "quipu_model_passes_total counter",
                        "quipu_model_batch_fill_ratio gauge",
                        "quipu_model_prefill_rate gauge",
                        "quipu_model_decode_rate gauge",
                        "quipu_model_queued_seconds summary",
                        "quipu_model_first_token_seconds summary",
                        "quipu_model_between_tokens_seconds summary",
                        "quipu_model_queued_quantile gauge",
                        "quipu_model_first_token_quantile gauge",
                        "quipu_model_between_tokens_quantile gauge");
        assertThat(value(reply.text(), "quipu_answers_total{path=\"template\"}"))
                .isPositive();
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    private static void requireError(Web.Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().path("code").asText()).isEqualTo(code);
        assertThat(reply.json().path("message").asText()).startsWith(code);
    }
}
