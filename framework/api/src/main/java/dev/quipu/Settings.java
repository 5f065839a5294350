package dev.quipu;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The settings of one part of Quipu: system properties, else environment variables ({@code QUIPU_ENGINE_CONTEXT_SIZE} for
 * {@code quipu.engine.context-size}). A key that does not exist is an error, since a misspelt one would be silently
 * without effect.
 */
public final class Settings {
    private final String prefix;
    private final String variable;
    private final List<String> keys;
    private final Function<String, ? extends QuipuException> wrong;
    private final Map<String, String> values = new TreeMap<>();

    private Settings(String part, List<String> keys, Function<String, ? extends QuipuException> wrong) {
        this.prefix = "quipu." + part + ".";
        this.variable = "QUIPU_" + part.toUpperCase(Locale.ROOT) + "_";
        this.keys = List.copyOf(keys);
        this.wrong = wrong;
    }

    /**
     * Reads the settings of a part.
     *
     * @param part the word behind {@code quipu.}
     * @param wrong makes the exception of a message, for a key that does not exist and a value that cannot be
     */
    public static Settings of(
            String part,
            List<String> keys,
            Properties properties,
            Map<String, String> environment,
            Function<String, ? extends QuipuException> wrong) {
        Settings settings = new Settings(part, keys, wrong);
        environment.forEach(settings::readVariable);
        properties.stringPropertyNames().forEach(name -> settings.readProperty(name, properties.getProperty(name, "")));
        return settings;
    }

    private void readVariable(String name, String value) {
        if (name.startsWith(variable)) {
            String key =
                    name.substring(variable.length()).toLowerCase(Locale.ROOT).replace('_', '-');
            requireKnown(
                    key,
                    "The environment variable " + name,
                    k -> variable + k.toUpperCase(Locale.ROOT).replace('-', '_'));
            values.put(key, value);
        }
    }

    private void readProperty(String name, String value) {
        if (name.startsWith(prefix)) {
            String key = name.substring(prefix.length());
            requireKnown(key, "The setting " + name, k -> prefix + k);
            values.put(key, value);
        }
    }

    private void requireKnown(String key, String what, UnaryOperator<String> spelling) {
        if (!keys.contains(key)) {
            String nearest = keys.stream()
                    .min(Comparator.comparingInt(k -> distance(k, key)))
                    .orElseThrow();
            throw wrong.apply(what + " does not exist. Did you mean " + spelling.apply(nearest) + "?");
        }
    }

    /** The value of a key; empty where it is not set or blank. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** The number of a key. */
    public int number(String key, int otherwise) {
        Optional<String> value = text(key);
        try {
            return value.map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw wrong.apply(
                    prefix + key + " is '" + value.orElse("") + "', but has to be a whole number. Correct it.");
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
