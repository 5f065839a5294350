package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.LoraBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Adapters of a real model, loaded and unloaded while it serves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdapterEngineTest {
    private static final GenerationRequest COUNT =
            GenerationRequest.of("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,").withMaxTokens(12);

    private final Path model = ModelStore.standard().pull("smollm2-135m", PullListener.NONE);
    private final Engine engine = Engine.load(EngineOptions.builder(model)
            .contextSize(1024)
            .sequences(4)
            .threads(1)
            .build());
    private Path one = Path.of("");
    private Path other = Path.of("");

    @BeforeAll
    void makeAdapters(@TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER) Path folder) throws IOException {
        GgufFile base = GgufFile.read(model);
        List<String> weights = IntStream.range(0, 30)
                .mapToObj(i -> "blk." + i + ".attn_q.weight")
                .toList();
        one = Files.write(folder.resolve("one.gguf"), LoraBytes.of(base, 1, weights));
        other = Files.write(folder.resolve("other.gguf"), LoraBytes.of(base, 2, weights));
    }

    @AfterEach
    void unload() {
        engine.adapters().forEach(engine::unloadAdapter);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private String text(GenerationRequest request) throws InterruptedException {
        return engine.generate(request).await().text();
    }

    private static GenerationRequest with(String adapter, float scale) {
        return COUNT.withAdapters(List.of(new AdapterUse(adapter, scale)));
    }

    @Test
    void anAdapterChangesTheTextOfThoseWhoAskForIt() throws InterruptedException {
        String plain = text(COUNT);
        engine.loadAdapter("one", one);

        String adapted = text(with("one", 1));

        assertThat(adapted).isNotEqualTo(plain);
        assertThat(text(COUNT)).isEqualTo(plain);
        assertThat(engine.adapters()).containsExactly("one");
    }

    @Test
    void anAdapterOfASmallScaleChangesLittle() throws InterruptedException {
        engine.loadAdapter("one", one);

        assertThat(text(with("one", 1e-6f))).isEqualTo(text(COUNT));
    }

    @Test
    void requestsOfDifferentAdaptersSideBySideHaveTheTextThatEachHasAlone() throws InterruptedException {
        engine.loadAdapter("one", one);
        engine.loadAdapter("other", other);
        // Few tokens: the texts of random adapters soon come to close calls, which other batches round otherwise.
        List<GenerationRequest> requests = List.of(with("one", 1), COUNT, with("other", 1)).stream()
                .map(r -> r.withMaxTokens(3))
                .toList();
        List<String> alone = new ArrayList<>();
        for (GenerationRequest request : requests) {
            alone.add(text(request));
        }

        List<Generation> running = requests.stream().map(engine::generate).toList();

        for (int i = 0; i < alone.size(); i++) {
            assertThat(running.get(i).await().text()).isEqualTo(alone.get(i));
        }
        assertThat(alone).doesNotHaveDuplicates();
    }

    @Test
    void adaptersActTogether() throws InterruptedException {
        engine.loadAdapter("one", one);
        engine.loadAdapter("other", other);

        String both = text(COUNT.withAdapters(List.of(AdapterUse.of("one"), AdapterUse.of("other"))));

        assertThat(both).isNotEqualTo(text(with("one", 1))).isNotEqualTo(text(with("other", 1)));
    }

    @Test
    void aChatModelIsAdaptedWhereItAsksForIt() {
        engine.loadAdapter("one", one);
        LlamaChatModel plain = LlamaChatModel.of(engine, "smollm2-135m")
                .with(Sampling.GREEDY, Duration.ofMinutes(2))
                .withDefaults(ChatRequestParameters.builder().maxOutputTokens(4).build());

        String adapted = plain.adapted(List.of(AdapterUse.of("one"))).chat("Name an animal.");

        assertThat(adapted).isNotEqualTo(plain.chat("Name an animal."));
        assertThatThrownBy(() -> plain.adapted(List.of(AdapterUse.of("none"))).chat("Name an animal."))
                .hasMessageContaining("QP-ENGINE-018");
    }

    @Test
    void aRunningRequestEndsWithTheAdapterThatItBeganWith() throws InterruptedException {
        engine.loadAdapter("one", one);
        String whole = text(with("one", 1));
        Generation running = engine.generate(with("one", 1));

        engine.unloadAdapter("one");

        assertThat(running.await().text()).isEqualTo(whole);
        assertThatThrownBy(() -> engine.generate(with("one", 1)))
                .hasMessageContaining("QP-ENGINE-018")
                .hasMessageContaining("one");
    }

    @Test
    void aNameMayBeUsedAgain() throws InterruptedException {
        engine.loadAdapter("shop", one);
        String first = text(with("shop", 1));
        engine.unloadAdapter("shop");

        engine.loadAdapter("shop", other);

        assertThat(text(with("shop", 1))).isNotEqualTo(first);
    }

    @Test
    void refusesANameThatIsTaken() {
        engine.loadAdapter("one", one);

        assertThatThrownBy(() -> engine.loadAdapter("one", other)).hasMessageContaining("QP-ENGINE-017");
    }

    @Test
    void refusesAModelAsAnAdapterAndGoesOn() throws InterruptedException {
        assertThatThrownBy(() -> engine.loadAdapter("model", model))
                .hasMessageContaining("QP-ENGINE-017")
                .hasMessageContaining("general.type");

        assertThat(text(COUNT)).isNotEmpty();
    }
}
