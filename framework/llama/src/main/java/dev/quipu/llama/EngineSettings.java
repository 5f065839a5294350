package dev.quipu.llama;

import dev.quipu.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The {@code quipu.engine.*} settings of this process: system properties, else environment variables ({@code
 * QUIPU_ENGINE_CONTEXT_SIZE} for {@code quipu.engine.context-size}). {@link EngineOptions} lists them.
 */
final class EngineSettings {
    private static final List<String> KEYS = List.of(
            "provider",
            "isolation",
            "context-size",
            "sequences",
            "threads",
            "batch-size",
            "gpu-layers",
            "queue-limit",
            "prefill-chunk",
            "cached-prefixes",
            "spill-mebibytes",
            "spill-tokens",
            "spill-folder",
            "weights");

    private final Settings settings;

    private EngineSettings(Settings settings) {
        this.settings = settings;
    }

    static EngineSettings ofProcess() {
        return of(System.getProperties(), System.getenv());
    }

    /** @throws EngineException for a key that does not exist */
    static EngineSettings of(Properties properties, Map<String, String> environment) {
        return new EngineSettings(Settings.of(
                "engine", KEYS, properties, environment, message -> new EngineException(EngineError.OPTION, message)));
    }

    Optional<String> text(String key) {
        return settings.text(key);
    }

    /** Whether {@code isolation} is {@code process} rather than {@code none}. */
    boolean isolated() {
        String value = text("isolation").orElse("none");
        if (!value.equals("none") && !value.equals("process")) {
            throw new EngineException(
                    EngineError.OPTION, "quipu.engine.isolation is '" + value + "', but has to be none or process.");
        }
        return value.equals("process");
    }

    /** Which weights {@code weights} names. */
    Weights weights() {
        String value = text("weights").orElse("stored");
        return switch (value) {
            case "stored" -> Weights.STORED;
            case "batched" -> Weights.BATCHED;
            default ->
                throw new EngineException(
                        EngineError.OPTION,
                        "quipu.engine.weights is '" + value + "', but has to be stored or batched.");
        };
    }

    /** @throws EngineException for what is no whole number */
    int number(String key, int otherwise) {
        return settings.number(key, otherwise);
    }
}
