package dev.quipu.kg;

import dev.quipu.kg.internal.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What texts may mention. Read from {@code linking.yaml}.
 *
 * @param slots the kinds of things, in the order in which they are tried
 */
public record Linking(List<Slot> slots) {
    private static final double FULLTEXT_MINIMUM = 0.75;
    private static final double VECTOR_MINIMUM = 0.85;

    public Linking {
        slots = List.copyOf(slots);
    }

    /**
     * A kind of thing.
     *
     * @param name the slot's name, for example {@code product}
     * @param patterns forms of ids, each with the template that normalises it ({@code {1}} is its first group)
     * @param query a read-only query with columns {@code id} and {@code name}: the names of the gazetteer
     * @param aliases further names, by the name or id they stand for
     * @param fuzzy whether a misspelt name of the gazetteer counts
     * @param fulltext the full-text index to ask when nothing else found the slot
     * @param vector the vector index to ask after that
     */
    public record Slot(
            String name,
            Map<Pattern, String> patterns,
            String query,
            Map<String, List<String>> aliases,
            boolean fuzzy,
            Optional<Search> fulltext,
            Optional<Search> vector) {}

    /**
     * An index of names.
     *
     * @param index its name in the mapping
     * @param minimum the least score of a mention, above 0 and up to 1
     */
    public record Search(String index, double minimum) {}

    /** @throws GraphException that names the entry, if the file is wrong */
    public static Linking read(Path file) {
        YamlMap yaml = YamlMap.read(file, false);
        List<Slot> slots = new ArrayList<>();
        for (String name : yaml.keys()) {
            slots.add(slot(name, yaml.map(name)));
        }
        return new Linking(slots);
    }

    private static Slot slot(String name, YamlMap yaml) {
        yaml.only("patterns", "names", "aliases", "fuzzy", "fulltext", "vector");
        Map<Pattern, String> patterns = new LinkedHashMap<>();
        YamlMap given = yaml.map("patterns");
        for (String pattern : given.keys()) {
            try {
                patterns.put(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), given.text(pattern));
            } catch (PatternSyntaxException e) {
                throw yaml.invalid("has the pattern '" + pattern + "': " + e.getDescription());
            }
        }
        YamlMap aliases = yaml.map("aliases");
        Map<String, List<String>> names = new LinkedHashMap<>();
        aliases.keys().forEach(k -> names.put(k, aliases.texts(k)));
        return new Slot(
                name,
                patterns,
                yaml.text("names", ""),
                names,
                yaml.flag("fuzzy"),
                search(yaml, "fulltext", FULLTEXT_MINIMUM),
                search(yaml, "vector", VECTOR_MINIMUM));
    }

    private static Optional<Search> search(YamlMap slot, String key, double minimum) {
        if (!slot.has(key)) {
            return Optional.empty();
        }
        YamlMap yaml = slot.map(key).only("index", "minimum-score");
        double score = yaml.positive("minimum-score", minimum);
        if (score > 1) {
            throw yaml.invalid("has the minimum-score " + score + "; scores go from 0 to 1");
        }
        String index = yaml.text("index");
        if (!index.matches("[A-Za-z][A-Za-z0-9_]{0,63}")) {
            throw yaml.invalid("has the index '" + index + "'; name one that the mapping declares");
        }
        return Optional.of(new Search(index, score));
    }
}
