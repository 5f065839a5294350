package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is asked of OpenAI's API: an answer or an error of its form, and never that the server failed. */
@ExtendWith(ShopExtension.class)
class BadRequestsTest {
    private final Web web;

    BadRequestsTest(ShopServer shop) {
        web = shop.first();
    }

    @Test
    void answersBadRequestsWithErrorsOfOpenAisForm() throws Exception {
        send(0, 150);
    }

    /** {@code -Dquipu.test.requests=50000 -Dquipu.test.first-request=1000000} sets how many and from which. */
    @Test
    @Tag("long")
    void answersManyBadRequests() throws Exception {
        send(Long.getLong("quipu.test.first-request", 1_000_000), Long.getLong("quipu.test.requests", 50_000));
    }

    @Test
    void refusesAHugeBodyBeforeItComes() throws Exception {
        try (Socket socket = web.connect("POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\n"
                + "content-type: application/json\r\ncontent-length: 104857600\r\n\r\n{")) {
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();

            assertThat(status).contains("413");
        }
    }

    private void send(long first, long count) throws Exception {
        BadRequests requests = new BadRequests(7);
        int refused = 0;
        for (long number = first; number < first + count; number++) {
            BadRequests.Request request = requests.of(number);
            Web.Reply reply = web.send(web.request(request.path())
                    .header("content-type", "application/json")
                    .timeout(Duration.ofMinutes(2))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request.body())));
            refused += reply.status() >= 400 ? 1 : 0;
            requireAnswer(number, request, reply);
        }
        assertThat(refused).isGreaterThan((int) (count / 3));
    }

    private static void requireAnswer(long number, BadRequests.Request request, Web.Reply reply) {
        String told = "request " + number + ": " + request + " -> " + reply.text();
        assertThat(reply.status()).as(told).isBetween(200, 499);
        if (reply.status() >= 400) {
            JsonNode error = reply.json().path("error");
            assertThat(error.path("message").asText()).as(told).startsWith("QP-");
            assertThat(error.path("type").asText()).as(told).isEqualTo("invalid_request_error");
            assertThat(error.path("code").asText())
                    .as(told)
                    .matches("QP-[A-Z]+-\\d{3}|model_not_found|context_length_exceeded");
            assertThat(error.has("param")).as(told).isTrue();
        }
    }
}
