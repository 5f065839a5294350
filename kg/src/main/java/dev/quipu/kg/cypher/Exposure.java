package dev.quipu.kg.cypher;

import dev.quipu.kg.internal.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a graph free questions may read, as {@code cypher.yaml} of a suite allows it: what is not named there does not
 * exist for them. Without the file there are no free questions.
 *
 * @param owner the label of those who ask; their {@code id} is the identity's
 * @param tenant the property that holds the business of a node, where several share a graph
 * @param labels the labels
 * @param open the labels whose nodes are everybody's; all others are private, so that one that was forgotten is closed
 * @param listed properties whose few values the model is told, as {@code Label.property}
 * @param money names of properties that are amounts of money
 * @param slots by slot of the linker: the property whose value its mentions are
 * @param loose slots whose finds are often mere words, such as "small"; a query need not use them
 * @param cues words that ask for a figure or a list which no template computes, unless its own examples have them
 * @param words further words that free questions are made of, as far as no example has them
 * @param names by language tag: what customers call labels and properties
 * @param examples questions and what to write for them
 */
public record Exposure(
        String owner,
        Optional<String> tenant,
        Map<String, Open> labels,
        Set<String> open,
        Set<String> listed,
        Set<String> money,
        Map<String, Place> slots,
        Set<String> loose,
        List<String> cues,
        List<String> words,
        Map<String, Map<String, String>> names,
        List<Example> examples) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w{0,63}");

    /** Nothing. */
    public static final Exposure NONE = new Exposure(
            "",
            Optional.empty(),
            Map.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Map.of(),
            Set.of(),
            List.of(),
            List.of(),
            Map.of(),
            List.of());

    public Exposure {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        open = Set.copyOf(open);
        listed = Set.copyOf(listed);
        money = Set.copyOf(money);
        slots = Map.copyOf(slots);
        loose = Set.copyOf(loose);
        cues = List.copyOf(cues);
        words = List.copyOf(words);
        names = Map.copyOf(names);
        examples = List.copyOf(examples);
    }

    /**
     * A label that may be read.
     *
     * @param about what its nodes are, in a few words
     * @param properties what of them may be read; {@code id} only where a customer knows it
     */
    public record Open(String about, Set<String> properties) {
        public Open {
            properties = Collections.unmodifiableSet(new LinkedHashSet<>(properties));
        }
    }

    /** A property of a label. */
    public record Place(String label, String property) {
        static Place of(YamlMap yaml, String text) {
            String[] parts = text.split("\\.", -1);
            if (parts.length != 2 || !isName(parts[0]) || !isName(parts[1])) {
                throw yaml.invalid("has '" + text + "'; write it as Label.property");
            }
            return new Place(parts[0], parts[1]);
        }

        @Override
        public String toString() {
            return label + "." + property;
        }
    }

    /**
     * A question with the query that answers it.
     *
     * @param values what the linker finds in it, by slot
     */
    public record Example(String ask, Map<String, String> values, String cypher) {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Reads {@code cypher.yaml} of a suite; nothing is exposed where there is none. */
    public static Exposure read(Path file) {
        YamlMap yaml = YamlMap.read(file, true);
        if (yaml.keys().isEmpty()) {
            return NONE;
        }
        yaml.only(
                "owner",
                "tenant",
                "labels",
                "public",
                "listed",
                "money",
                "slots",
                "loose",
                "cues",
                "words",
                "names",
                "examples");
        Map<String, Open> labels = new LinkedHashMap<>();
        YamlMap declared = yaml.map("labels");
        for (String name : declared.keys()) {
            YamlMap label = declared.map(name).only("about", "properties");
            List<String> properties = label.texts("properties");
            if (!isName(name) || !properties.stream().allMatch(Exposure::isName)) {
                throw declared.invalid("has a name that is not made of letters, digits and underscores: " + name);
            }
            labels.put(name, new Open(label.text("about", ""), new LinkedHashSet<>(properties)));
        }
        Map<String, Place> slots = new LinkedHashMap<>();
        YamlMap places = yaml.map("slots");
        places.keys().forEach(s -> slots.put(s, Place.of(places, places.text(s))));
        Set<String> listed = new LinkedHashSet<>();
        yaml.texts("listed").forEach(t -> listed.add(Place.of(yaml, t).toString()));
        return new Exposure(
                yaml.text("owner"),
                Optional.of(yaml.text("tenant", "")).filter(Exposure::isName),
                labels,
                new LinkedHashSet<>(yaml.texts("public")),
                listed,
                new LinkedHashSet<>(yaml.texts("money")),
                slots,
                new LinkedHashSet<>(yaml.texts("loose")),
                yaml.texts("cues"),
                yaml.texts("words"),
                names(yaml.map("names")),
                examples(yaml));
    }

    private static Map<String, Map<String, String>> names(YamlMap yaml) {
        Map<String, Map<String, String>> names = new LinkedHashMap<>();
        for (String language : yaml.keys()) {
            YamlMap words = yaml.map(language);
            Map<String, String> ofLanguage = new LinkedHashMap<>();
            words.keys().forEach(k -> ofLanguage.put(k, words.text(k)));
            names.put(language, Map.copyOf(ofLanguage));
        }
        return names;
    }

    private static List<Example> examples(YamlMap yaml) {
        List<Example> examples = new ArrayList<>();
        for (YamlMap example : yaml.maps("examples")) {
            example.only("ask", "values", "cypher");
            Map<String, String> values = new LinkedHashMap<>();
            YamlMap given = example.map("values");
            given.keys().forEach(k -> values.put(k, given.text(k)));
            examples.add(new Example(example.text("ask"), values, example.text("cypher")));
        }
        return examples;
    }
}
