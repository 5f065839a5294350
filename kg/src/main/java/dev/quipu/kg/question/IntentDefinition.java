package dev.quipu.kg.question;

import dev.quipu.Language;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A declared intent.
 *
 * @param asks what it asks, in plain words
 * @param own whether it reads private data of the asking customer
 * @param type the type of its facts, for rules
 * @param decide the policy topic, empty when no rule has to decide
 * @param phrase the fixed phrase that answers it, empty when its queries do
 * @param modelPhrased whether a model may phrase the answer from the facts
 * @param queries its queries; the first whose slots are all filled runs
 * @param examples questions by language, with {@code {slot}} for linked mentions
 */
record IntentDefinition(
        String name,
        String asks,
        boolean own,
        String type,
        String decide,
        String phrase,
        boolean modelPhrased,
        List<QueryCase> queries,
        Optional<Localized> fact,
        AnswerTemplate answer,
        Map<Language, List<String>> examples) {

    /** The same intent with further examples. */
    IntentDefinition withExamples(Map<Language, List<String>> more) {
        Map<Language, List<String>> all = new EnumMap<>(examples);
        more.forEach((language, texts) -> all.merge(
                language,
                texts,
                (a, b) -> Stream.concat(a.stream(), b.stream()).distinct().toList()));
        return new IntentDefinition(
                name, asks, own, type, decide, phrase, modelPhrased, queries, fact, answer, Map.copyOf(all));
    }

    /**
     * A query for one combination of slots.
     *
     * @param when slots that must be filled; {@code product2} is the second mention of {@code product}
     * @param uses slots that it takes when they are filled
     */
    record QueryCase(List<String> when, List<String> uses, String cypher) {
        QueryCase {
            when = List.copyOf(when);
            uses = List.copyOf(uses);
        }

        boolean fits(Set<String> filled) {
            return filled.containsAll(when);
        }
    }

    Optional<QueryCase> fitting(Set<String> filled) {
        return queries.stream().filter(q -> q.fits(filled)).findFirst();
    }
}
