package dev.quipu.kg;

import dev.quipu.kg.internal.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What texts may mention. Read from {@code linking.yaml}.
 *
 * @param slots the kinds of things, in the order in which they are tried
 */
public record Linking(List<Slot> slots) {
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
     * @param fuzzy whether a misspelt name counts
     */
    public record Slot(
            String name,
            Map<Pattern, String> patterns,
            String query,
            Map<String, List<String>> aliases,
            boolean fuzzy) {}

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
        yaml.only("patterns", "names", "aliases", "fuzzy");
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
                yaml.text("fuzzy", "false").equals("true"));
    }
}
