package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the loaded model serves whom: tenants by their tokens, priorities and adapters by the request. */
@ExtendWith(ShopExtension.class)
class ServiceTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String SHOP = "token-of-the-shop-itself";
    private static final String REPORTS = "token-of-its-nightly-reports";
    /** An answer that goes on for as long as anybody reads it. */
    private static final String ENDLESS =
            ",\"stream\":true,\"max_tokens\":2000,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                    + "{\"schema\":{\"type\":\"string\",\"minLength\":9000}}}";

    private final ShopServer shop;

    ServiceTest(ShopServer shop) {
        this.shop = shop;
    }

    @Test
    @Timeout(120)
    void servesAnUrgentRequestBeforeAnEarlierOneOfTheSameCaller(@TempDir Path folder) throws Exception {
        Web web = guarded(folder);

        List<String> served = order(web, SHOP, List.of(SHOP, SHOP), List.of(",\"priority\":\"low\"", ""));

        assertThat(served).containsExactly("1", "0");
    }

    @Test
    @Timeout(120)
    void servesACallerWhoHadNothingBeforeAnotherRequestOfTheOneWhoHadMuch(@TempDir Path folder) throws Exception {
        Web web = guarded(folder);

        List<String> served = order(web, SHOP, List.of(SHOP, REPORTS), List.of(",\"priority\":\"high\"", ""));

        assertThat(served).containsExactly("1", "0");
    }

    /** Fills the engine for one caller, lets two requests wait one after the other, and tells who is answered first. */
    private static List<String> order(Web web, String filler, List<String> tokens, List<String> fields)
            throws Exception {
        List<Socket> filling = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                String body = body(ShopServer.MODEL, ENDLESS);
                filling.add(web.connect("POST " + PATH + " HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer "
                        + filler + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n"
                        + body));
                await(web, "quipu_model_running", i + 1);
            }
            Queue<String> served = new ConcurrentLinkedQueue<>();
            List<CompletableFuture<Void>> waiting = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                String number = String.valueOf(i);
                String token = tokens.get(i);
                String body = body(ShopServer.MODEL, fields.get(i) + ",\"max_tokens\":1");
                waiting.add(CompletableFuture.runAsync(() -> {
                    requireAnswer(web, body, token);
                    served.add(number);
                }));
                await(web, "quipu_model_waiting", i + 1);
            }
            filling.removeFirst().close();
            waiting.forEach(CompletableFuture::join);
            return List.copyOf(served);
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
            await(web, "quipu_model_running", 0);
        }
    }

    private static void requireAnswer(Web web, String body, String token) {
        try {
            Web.Reply reply = web.post(PATH, body, "authorization", "Bearer " + token);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(Web web, String gauge, int value) throws Exception {
        String line = gauge + " " + value + ".0";
        while (web.get("/metrics", "authorization", "Bearer " + SHOP)
                .text()
                .lines()
                .noneMatch(line::equals)) {
            Thread.onSpinWait();
        }
    }

    private Web guarded(Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("tokens"), "shop " + SHOP + "\nreports sha256:" + Sha256.hex(REPORTS) + " 0.5\n");
        return new Web(shop.serve("C1000", new Access(ApiTokens.read(file), Cors.CLOSED), HttpLimits.STANDARD));
    }

    @Test
    void servesAnAdapterUnderTheNameOfTheModelAndItsOwn() throws Exception {
        Web web = shop.first();
        String greedy = ",\"temperature\":0,\"max_tokens\":2";
        String plain = text(web.post(PATH, body(ShopServer.MODEL, greedy)));

        try (ShopAdapter adapter = ShopAdapter.load(shop, "pirate", 1)) {
            String name = ShopServer.MODEL + ":" + adapter.name();
            Web.Reply named = web.post(PATH, body(name, greedy));
            Web.Reply listed = web.post(PATH, body(ShopServer.MODEL, greedy + ",\"adapters\":[\"pirate\"]"));
            Web.Reply weak = web.post(
                    PATH, body(ShopServer.MODEL, greedy + ",\"adapters\":[{\"name\":\"pirate\",\"scale\":0.000001}]"));
            Web.Reply text = web.post(
                    "/v1/completions",
                    "{\"model\":\"" + name + "\",\"prompt\":\"One, two,\",\"max_tokens\":2,\"temperature\":0}");

            assertThat(web.get("/v1/models").json().path("data").findValuesAsText("id"))
                    .contains(name);
            assertThat(web.get("/v1/models/" + name).json().path("id").asText()).isEqualTo(name);
            assertThat(named.json().path("model").asText()).isEqualTo(name);
            assertThat(text(named)).isNotEqualTo(plain).isEqualTo(text(listed));
            assertThat(text(weak)).isEqualTo(plain);
            assertThat(text.json().path("model").asText()).isEqualTo(name);
        }
        requireUnknown(web.post(PATH, body(ShopServer.MODEL + ":pirate", greedy)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smollm2-135m:missing|",
                "smollm2-135m:|",
                "smollm2-135m:a:b|",
                "quipu:missing|",
                "smollm2-135m|,\"adapters\":[\"missing\"]",
                "smollm2-135m|,\"adapters\":[{\"name\":\"missing\",\"scale\":2}]",
            })
    void saysThatAnAdapterIsNotThere(String model, String fields) throws Exception {
        requireUnknown(shop.first().post(PATH, body(model, fields == null ? "" : fields)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority|\"urgent\"",
                "priority|3",
                "adapters|\"missing\"",
                "adapters|[7]",
                "adapters|[{}]",
                "adapters|[\"\"]",
                "adapters|[{\"name\":\"a\",\"scale\":0}]",
            })
    void refusesServiceOfAnotherForm(String field, String value) throws Exception {
        Web.Reply reply = shop.first().post(PATH, body(ShopServer.MODEL, ",\"" + field + "\":" + value));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/param").asText()).isEqualTo(field);
    }

    @Test
    void theAssistantTakesNoAdapters() throws Exception {
        Web.Reply reply = shop.first().post(PATH, body("quipu", ",\"adapters\":[\"a\"]"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/param").asText()).isEqualTo("adapters");
    }

    private static void requireUnknown(Web.Reply reply) {
        JsonNode error = reply.json().path("error");
        assertThat(reply.status()).as(reply.text()).isEqualTo(404);
        assertThat(error.path("code").asText()).isEqualTo("model_not_found");
        assertThat(error.path("param").asText()).isEqualTo("model");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asText()).startsWith("QP-SERVER-007").contains("/v1/models");
    }

    private static String text(Web.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().at("/choices/0/message/content").asText();
    }

    private static String body(String model, String fields) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Name an animal.\"}]"
                + fields + "}";
    }
}
