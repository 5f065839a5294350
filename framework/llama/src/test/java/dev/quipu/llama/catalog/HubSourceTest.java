package dev.quipu.llama.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubSourceTest {
    private static final byte[] CONTENT = TestModels.content(700_000);

    @TempDir
    Path folder;

    private TestHub hub;

    @BeforeEach
    void startHub() throws IOException {
        hub = new TestHub();
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    @Test
    void fetchesAFile() {
        hub.then(TestHub.file(CONTENT));

        Path file = TestModels.store(folder, CONTENT, hub).pull(TestModels.NAME, PullListener.NONE);

        assertThat(file).hasFileName("tiny-model.gguf").hasBinaryContent(CONTENT);
    }

    @Test
    void goesOnAfterACut() {
        hub.then(TestHub.cutFile(CONTENT, 200_000))
                .then(TestHub.cutFile(CONTENT, 500_000))
                .then(TestHub.file(CONTENT));

        Path file = TestModels.store(folder, CONTENT, hub).pull(TestModels.NAME, PullListener.NONE);

        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(hub.requests).hasSize(3);
        assertThat(hub.requests.getFirst().containsKey("Range")).isFalse();
        assertThat(hub.requests.getLast().getFirst("Range")).matches("bytes=[1-9][0-9]*-");
    }

    @Test
    void goesOnWhereAnEarlierPullEnded() throws IOException {
        hub.then(TestHub.file(CONTENT));
        Files.write(folder.resolve("tiny-model.partial"), Arrays.copyOf(CONTENT, 300_000));

        Path file = TestModels.store(folder, CONTENT, hub).pull(TestModels.NAME, PullListener.NONE);

        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(hub.requests.getFirst().getFirst("Range")).isEqualTo("bytes=300000-");
        assertThat(folder.resolve("tiny-model.partial")).doesNotExist();
    }

    @Test
    void keepsWhatCameForTheNextPull() {
        hub.then(TestHub.cutFile(CONTENT, 250_000)).then(TestHub.status(503)).then(TestHub.file(CONTENT));
        ModelStore store = TestModels.store(folder, CONTENT, hub);

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> store.pull(TestModels.NAME, PullListener.NONE))
                .withMessageContaining("status 503");
        store.pull(TestModels.NAME, PullListener.NONE);

        assertThat(hub.requests.getLast().getFirst("Range")).matches("bytes=[1-9][0-9]*-");
    }

    @Test
    void startsAgainWhenTheHubIgnoresTheRange() throws IOException {
        hub.then(TestHub.wholeFile(CONTENT));
        Files.write(folder.resolve("tiny-model.partial"), new byte[300_000]);

        Path file = TestModels.store(folder, CONTENT, hub).pull(TestModels.NAME, PullListener.NONE);

        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void refusesAnotherRangeThanItAskedFor() throws IOException {
        hub.then(exchange -> {
            exchange.getResponseHeaders().add("Content-Range", "bytes 0-699999/700000");
            TestHub.send(exchange, 206, CONTENT, 0, CONTENT.length);
        });
        Files.write(folder.resolve("tiny-model.partial"), new byte[300_000]);

        assertFails(EngineError.MODEL_FETCH, "sends the range 'bytes 0-699999/700000' instead of the one from 300000");
    }

    @Test
    void forgetsABeginningThatTheHubDoesNotHave() throws IOException {
        hub.then(TestHub.status(416));
        Files.write(folder.resolve("tiny-model.partial"), new byte[300_000]);

        assertFails(EngineError.MODEL_FETCH, "cannot go on after 300000 bytes");
        assertThat(folder.resolve("tiny-model.partial")).doesNotExist();
    }

    @Test
    void followsARedirectWithoutTakingTheTokenAlong() throws IOException {
        try (TestHub store = new TestHub()) {
            hub.then(TestHub.redirect(store.address() + "/blob"));
            store.then(TestHub.file(CONTENT));

            Path file = TestModels.store(folder, CONTENT, hub).pull(TestModels.NAME, PullListener.NONE);

            assertThat(file).hasBinaryContent(CONTENT);
            assertThat(hub.requests.getFirst().getFirst("Authorization")).isEqualTo("Bearer secret");
            assertThat(store.requests.getFirst().containsKey("Authorization")).isFalse();
        }
    }

    @Test
    void endsWhenRedirectsGoInACircle() {
        hub.then(TestHub.redirect("/again"));

        assertFails(EngineError.MODEL_FETCH, "redirects more than 5 times");
    }

    @Test
    void reportsARedirectToNoAddress() {
        hub.then(TestHub.redirect("http://[no address"));

        assertFails(EngineError.MODEL_FETCH, "not one of HTTP");
    }

    @ParameterizedTest
    @CsvSource({
        "401,set QUIPU_MODELS_TOKEN",
        "403,set QUIPU_MODELS_TOKEN",
        "404,has no such file",
        "429,asks to wait",
        "500,status 500"
    })
    void saysWhyTheHubHasNothing(int status, String reason) {
        hub.then(TestHub.status(status));

        assertFails(EngineError.MODEL_FETCH, reason);
    }

    @Test
    void keepsNothingOfAFileWithAnotherHash() {
        byte[] other = CONTENT.clone();
        other[123_456]++;
        hub.then(TestHub.wholeFile(other));

        assertFails(EngineError.MODEL_DAMAGED, "the catalogue pins " + TestModels.sha256(CONTENT));
        assertThat(folder).isDirectoryNotContaining("glob:**.{gguf,partial}");
    }

    @Test
    void refusesMoreBytesThanTheModelHas() {
        byte[] longer = TestModels.content(700_001);
        hub.then(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(longer);
        });

        assertFails(EngineError.MODEL_DAMAGED, "more than the 700000 bytes");
    }

    @Test
    void reportsALengthThatWasALie() {
        hub.then(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(CONTENT, 0, 100);
        });

        assertFails(EngineError.MODEL_FETCH, "");
    }

    @Test
    void endsWhenTheHubFallsSilent() {
        hub.then(hub.silence(new byte[1000]));
        HubSource source = new HubSource(hub.address(), "", Duration.ofMillis(300));
        ModelEntry entry = TestModels.entry(CONTENT, TestModels.HUB);
        ModelStore store = new ModelStore(
                folder,
                new ModelCatalog(List.of(entry)),
                source,
                new PackageSource(List.of("false")),
                f -> Long.MAX_VALUE);

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> store.pull(TestModels.NAME, PullListener.NONE))
                .withMessageContaining("sent nothing for 300 ms");
    }

    private void assertFails(EngineError error, String message) {
        ModelStore store = TestModels.store(folder, CONTENT, hub);

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> store.pull(TestModels.NAME, PullListener.NONE))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.code()).isEqualTo(error));
        assertThat(folder.resolve("tiny-model.gguf")).doesNotExist();
    }
}
