package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The API as OpenAI's own client for JavaScript uses it, in the version that {@code src/test/node} locks. npm fetches it and
 * Node.js runs it; without these two the test is skipped. {@code client.mjs} has the checks.
 */
@Tag("long")
@ExtendWith(ShopExtension.class)
class OfficialClientTest {
    private static final String TOKEN = "the-token-of-the-official-client";
    private static final Path SOURCE = Path.of("src", "test", "node");
    private static final Path HERE = Path.of("target", "node");

    private final ShopServer shop;

    OfficialClientTest(ShopServer shop) {
        this.shop = shop;
    }

    @TestFactory
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    Stream<DynamicTest> servesOpenAisOwnClient() throws Exception {
        assumeTrue(runs("node") && runs("npm"), "Node.js and npm are needed to run OpenAI's client");
        install();
        Access access = new Access(ApiTokens.of(TOKEN), Cors.CLOSED);
        Web server = new Web(shop.serve("C1000", access, HttpLimits.STANDARD));
        List<JsonNode> checks;
        try (ShopAdapter adapter = ShopAdapter.load(shop, "client", 1)) {
            checks = run(
                            HERE,
                            Map.of(
                                    "QUIPU_URL",
                                    server.url(),
                                    "QUIPU_TOKEN",
                                    TOKEN,
                                    "QUIPU_MODEL",
                                    ShopServer.MODEL,
                                    "QUIPU_ADAPTER",
                                    adapter.name()),
                            "node",
                            "client.mjs")
                    .lines()
                    .map(Web::parse)
                    .toList();
        }

        assertThat(checks).hasSizeGreaterThan(20);
        return checks.stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.path("name").asText(),
                        () -> assertThat(check.path("error").asText()).isEmpty()));
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(HERE);
        for (String file : List.of("package.json", "client.mjs")) {
            Files.copy(SOURCE.resolve(file), HERE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path lock = SOURCE.resolve("package-lock.json");
        Path installed = HERE.resolve("installed.json");
        if (!Files.exists(installed) || Files.mismatch(lock, installed) >= 0) {
            Files.copy(lock, HERE.resolve("package-lock.json"), StandardCopyOption.REPLACE_EXISTING);
            run(HERE, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean runs(String program) {
        try {
            run(Path.of("."), Map.of(), program, "--version");
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs a program to its end, which has to be a good one, and returns what it printed. */
    private static String run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile("quipu-node", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
            return printed;
        } finally {
            process.destroyForcibly();
            Files.delete(errors);
        }
    }
}
