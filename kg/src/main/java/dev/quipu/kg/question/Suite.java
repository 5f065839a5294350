package dev.quipu.kg.question;

import dev.quipu.Language;
import dev.quipu.kg.cypher.CypherGuard;
import dev.quipu.kg.internal.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A business as a folder: {@code suite.yaml}, {@code intents.yaml}, further {@code examples.yaml} of the intents, {@code
 * phrases.yaml} and {@code synonyms.yaml}, each added to what the folders of {@code include} declare.
 *
 * @param name the suite's name
 * @param currency the sign before an amount of money
 * @param access by slot: the query that tells whether the asking customer owns the thing of that slot
 * @param names by language: the query with columns "value" and "label" for words that the graph holds
 * @param privateLabels labels of nodes that belong to a customer
 */
record Suite(
        String name,
        String currency,
        Map<String, String> access,
        Map<Language, String> names,
        List<String> privateLabels,
        Map<String, IntentDefinition> intents,
        Map<String, Localized> phrases,
        Map<Language, Map<String, String>> labels,
        Synonyms synonyms) {
    private static final List<String> SHOP_PRIVATE =
            List.of("Customer", "Order", "Item", "PaymentMethod", "Shipment", "Payment", "Refund");

    static Suite read(Path folder) {
        YamlMap settings = YamlMap.read(folder.resolve("suite.yaml"), false);
        List<Path> folders = new ArrayList<>();
        settings.texts("include").forEach(i -> folders.add(folder.resolve(i).normalize()));
        folders.add(folder);
        Map<String, String> access = new LinkedHashMap<>();
        YamlMap owned = settings.map("access");
        owned.keys().forEach(k -> access.put(k, owned.text(k)));
        Map<Language, String> names = new EnumMap<>(Language.class);
        YamlMap named = settings.map("names").only("en", "zh");
        named.keys().forEach(k -> names.put(Language.ofTag(k), named.text(k)));
        List<String> labels = settings.has("private") ? settings.texts("private") : SHOP_PRIVATE;
        Suite suite = new Suite(
                settings.text("name"),
                settings.text("currency", ""),
                access,
                names,
                labels,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new EnumMap<>(Language.class),
                new Synonyms());
        folders.forEach(f -> suite.add(f));
        return suite;
    }

    private void add(Path folder) {
        IntentReader reader = new IntentReader(new CypherGuard(privateLabels));
        YamlMap declared = YamlMap.read(folder.resolve("intents.yaml"), true);
        declared.keys().forEach(k -> intents.put(k, reader.read(k, declared.map(k))));
        addExamples(YamlMap.read(folder.resolve("examples.yaml"), true));
        synonyms.add(YamlMap.read(folder.resolve("synonyms.yaml"), true).only("en", "zh"));
        YamlMap words = YamlMap.read(folder.resolve("phrases.yaml"), true).only("phrases", "labels");
        YamlMap sentences = words.map("phrases");
        sentences.keys().forEach(k -> phrases.put(k, Localized.of(sentences.map(k))));
        for (Language language : Language.values()) {
            YamlMap named = words.map("labels").map(language.tag());
            Map<String, String> target = labels.computeIfAbsent(language, l -> new LinkedHashMap<>());
            named.keys().forEach(k -> target.put(k, named.text(k)));
        }
    }

    private void addExamples(YamlMap further) {
        for (String name : further.keys()) {
            IntentDefinition intent = intents.get(name);
            if (intent == null) {
                throw YamlMap.invalid(further.where(), "has examples of '" + name + "', which no file declares");
            }
            intents.put(name, intent.withExamples(IntentReader.examples(further.map(name))));
        }
    }

    Optional<Localized> phrase(String key) {
        return Optional.ofNullable(phrases.get(key));
    }

    /** @param fromGraph words that the graph holds */
    ValueFormat format(Language language, Map<String, String> fromGraph) {
        Map<String, String> all = new LinkedHashMap<>(fromGraph);
        all.putAll(labels.getOrDefault(language, Map.of()));
        return new ValueFormat(language, currency, all);
    }
}
