package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {
    private static final Path MODEL = Path.of("model.gguf");

    @Test
    void aBuilderWinsOverAPropertyOverAVariableOverADefault() {
        EngineSettings settings = settings(
                Map.of("quipu.engine.context-size", "1024", "quipu.engine.threads", "3"),
                Map.of("QUIPU_ENGINE_CONTEXT_SIZE", "2048", "QUIPU_ENGINE_QUEUE_LIMIT", "9"));

        EngineOptions options =
                EngineOptions.builder(MODEL, settings).threads(2).build();

        assertThat(options.threads()).isEqualTo(2);
        assertThat(options.contextSize()).isEqualTo(1024);
        assertThat(options.queueLimit()).isEqualTo(9);
        assertThat(options.sequences()).isEqualTo(4);
    }

    @Test
    void readsEveryKeyOfTheTable() {
        EngineSettings settings = settings(
                Map.of(
                        "quipu.engine.provider", "jni",
                        "quipu.engine.context-size", "1",
                        "quipu.engine.sequences", "2",
                        "quipu.engine.threads", "3",
                        "quipu.engine.batch-size", "64",
                        "quipu.engine.gpu-layers", "5",
                        "quipu.engine.queue-limit", "6"),
                Map.of(
                        "QUIPU_ENGINE_PREFILL_CHUNK", "7",
                        "QUIPU_ENGINE_CACHED_PREFIXES", "8",
                        "QUIPU_ENGINE_SPILL_MEBIBYTES", "9",
                        "QUIPU_ENGINE_SPILL_TOKENS", "20",
                        "QUIPU_ENGINE_SPILL_FOLDER", "spilled",
                        "QUIPU_ENGINE_WEIGHTS", "batched"));

        EngineOptions options = EngineOptions.builder(MODEL, settings).build();

        assertThat(settings.text("provider")).contains("jni");
        assertThat(options)
                .usingRecursiveComparison()
                .ignoringFields("progress")
                .isEqualTo(new EngineOptions(
                        MODEL,
                        1,
                        2,
                        3,
                        64,
                        5,
                        6,
                        7,
                        new CacheOptions(8, 9, 20, Path.of("spilled")),
                        Weights.BATCHED,
                        false,
                        p -> {}));
    }

    @Test
    void namesTheNearestKeyForOneThatDoesNotExist() {
        assertThatThrownBy(() -> settings(Map.of("quipu.engine.contextsize", "1"), Map.of()))
                .hasMessageContaining("QP-ENGINE-005")
                .hasMessageContaining("quipu.engine.contextsize")
                .hasMessageContaining("Did you mean quipu.engine.context-size?");
        assertThatThrownBy(() -> settings(Map.of(), Map.of("QUIPU_ENGINE_QUEUE_LIMITS", "1")))
                .hasMessageContaining("Did you mean QUIPU_ENGINE_QUEUE_LIMIT?");
    }

    @Test
    void refusesWhatIsNoNumberOrOutOfRange() {
        EngineSettings word = settings(Map.of("quipu.engine.threads", "many"), Map.of());
        EngineSettings huge = settings(Map.of("quipu.engine.queue-limit", "0"), Map.of());

        assertThatThrownBy(() -> EngineOptions.builder(MODEL, word))
                .hasMessageContaining("quipu.engine.threads is 'many'");
        assertThatThrownBy(() -> EngineOptions.builder(MODEL, huge).build())
                .hasMessageContaining("quipu.engine.queue-limit is 0");
    }

    private static EngineSettings settings(Map<String, String> properties, Map<String, String> environment) {
        Properties all = new Properties();
        all.putAll(properties);
        return EngineSettings.of(all, environment);
    }

    @Test
    void tellsAnotherProcessEveryOption() {
        EngineOptions options = EngineOptions.builder(MODEL, settings(Map.of(), Map.of()))
                .contextSize(1024)
                .isolated(true)
                .build();

        EngineOptions told = EngineOptions.builder(
                        MODEL,
                        settings(
                                options.settings().entrySet().stream()
                                        .collect(java.util.stream.Collectors.toMap(
                                                e -> "quipu.engine." + e.getKey(), Map.Entry::getValue)),
                                Map.of()))
                .build();

        assertThat(told).usingRecursiveComparison().ignoringFields("progress").isEqualTo(options);
        // The model and its listener are not settings, and the cache is four of them.
        assertThat(options.settings()).hasSize(EngineOptions.class.getRecordComponents().length - 3 + 4);
    }
}
