package dev.quipu.sandbox;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The {@code quipu.sandbox.*} settings of this process: system properties, else environment variables ({@code
 * QUIPU_SANDBOX_QUEUE_LIMIT} for {@code quipu.sandbox.queue-limit}). {@link SandboxOptions} lists them.
 */
final class SandboxSettings {
    private static final String PREFIX = "quipu.sandbox.";
    private static final String VARIABLE = "QUIPU_SANDBOX_";
    private static final List<String> KEYS =
            List.of("backend", "python", "parallel", "queue-limit", "spare", "packages");

    private final Map<String, String> values;

    private SandboxSettings(Map<String, String> values) {
        this.values = values;
    }

    static SandboxSettings ofProcess() {
        return of(System.getProperties(), System.getenv());
    }

    /** @throws SandboxException for a key that does not exist: a misspelt one would be silently without effect */
    static SandboxSettings of(Properties properties, Map<String, String> environment) {
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
        return new SandboxSettings(values);
    }

    private static String known(String key, String what, java.util.function.UnaryOperator<String> spelling) {
        if (KEYS.contains(key)) {
            return key;
        }
        String nearest = KEYS.stream()
                .min(Comparator.comparingInt(k -> distance(k, key)))
                .orElseThrow();
        throw new SandboxException(
                SandboxError.OPTION, what + " does not exist. Did you mean " + spelling.apply(nearest) + "?");
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(v -> !v.isEmpty());
    }

    int number(String key, int otherwise) {
        Optional<String> value = text(key);
        try {
            return value.map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new SandboxException(
                    SandboxError.OPTION,
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
