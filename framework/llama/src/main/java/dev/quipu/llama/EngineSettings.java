package dev.quipu.llama;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The {@code quipu.engine.*} settings of this process: system properties, else environment variables ({@code
 * QUIPU_ENGINE_CONTEXT_SIZE} for {@code quipu.engine.context-size}). {@link EngineOptions} lists them.
 */
final class EngineSettings {
    private static final String PREFIX = "quipu.engine.";
    private static final String VARIABLE = "QUIPU_ENGINE_";
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
            "spill-folder");

    private final Map<String, String> values;

    private EngineSettings(Map<String, String> values) {
        this.values = values;
    }

    static EngineSettings ofProcess() {
        return of(System.getProperties(), System.getenv());
    }

    /** @throws EngineException for a key that does not exist: a misspelt one would be silently without effect */
    static EngineSettings of(Properties properties, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLE)) {
                String key = name.substring(VARIABLE.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
                values.put(
                        known(
                                key,
                                "The environment variable " + name,
                                k -> VARIABLE + k.toUpperCase(Locale.ROOT).replace('-', '_')),
                        value);
            }
        });
        properties.stringPropertyNames().forEach(name -> {
            if (name.startsWith(PREFIX)) {
                String key = known(name.substring(PREFIX.length()), "The setting " + name, k -> PREFIX + k);
                values.put(key, properties.getProperty(name));
            }
        });
        return new EngineSettings(values);
    }

    private static String known(String key, String what, java.util.function.UnaryOperator<String> spelling) {
        if (KEYS.contains(key)) {
            return key;
        }
        String nearest = KEYS.stream()
                .min(Comparator.comparingInt(k -> distance(k, key)))
                .orElseThrow();
        throw new EngineException(
                EngineError.OPTION, what + " does not exist. Did you mean " + spelling.apply(nearest) + "?");
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** Whether {@code isolation} is {@code process} rather than {@code none}. */
    boolean isolated() {
        String value = text("isolation").orElse("none");
        if (!value.equals("none") && !value.equals("process")) {
            throw new EngineException(
                    EngineError.OPTION, PREFIX + "isolation is '" + value + "', but has to be none or process.");
        }
        return value.equals("process");
    }

    int number(String key, int otherwise) {
        Optional<String> value = text(key);
        try {
            return value.map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new EngineException(
                    EngineError.OPTION,
                    PREFIX + key + " is '" + value.orElse("") + "', but has to be a whole number. Correct it.",
                    e);
        }
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
