package dev.quipu.kg.question;

import dev.quipu.Language;
import dev.quipu.kg.cypher.CypherGuard;
import dev.quipu.kg.internal.YamlMap;
import dev.quipu.kg.question.IntentDefinition.QueryCase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads one intent and checks its queries. */
final class IntentReader {
    private final CypherGuard guard;

    IntentReader(CypherGuard guard) {
        this.guard = guard;
    }

    IntentDefinition read(String name, YamlMap yaml) {
        yaml.only(
                "asks",
                "scope",
                "type",
                "decide",
                "phrase",
                "phrasing",
                "queries",
                "fact",
                "answer",
                "many",
                "item",
                "none",
                "by",
                "answers",
                "examples");
        boolean own = switch (yaml.text("scope")) {
            case "own" -> true;
            case "public" -> false;
            default -> throw YamlMap.invalid(yaml.where(), "needs the scope 'own' or 'public'");
        };
        List<QueryCase> queries =
                yaml.maps("queries").stream().map(q -> query(q, own)).toList();
        IntentDefinition intent = new IntentDefinition(
                name,
                yaml.text("asks"),
                own,
                yaml.text("type", ""),
                yaml.text("decide", ""),
                yaml.text("phrase", ""),
                yaml.text("phrasing", "template").equals("model"),
                queries,
                AnswerTemplate.sentence(yaml, "fact"),
                AnswerTemplate.of(yaml),
                examples(yaml.map("examples")));
        check(yaml, intent);
        return intent;
    }

    private QueryCase query(YamlMap yaml, boolean own) {
        yaml.only("when", "uses", "cypher");
        String cypher = yaml.text("cypher");
        guard.check(yaml.where(), cypher, own);
        return new QueryCase(yaml.texts("when"), yaml.texts("uses"), cypher);
    }

    /** Questions by language. */
    static Map<Language, List<String>> examples(YamlMap yaml) {
        Map<Language, List<String>> examples = new EnumMap<>(Language.class);
        YamlMap given = yaml.only("en", "zh");
        for (Language language : Language.values()) {
            examples.put(language, given.texts(language.tag()));
        }
        return examples;
    }

    private static void check(YamlMap yaml, IntentDefinition intent) {
        boolean answers =
                intent.answer().one().isPresent() || !intent.answer().cases().isEmpty();
        boolean fixed = !intent.phrase().isEmpty() || !intent.decide().isEmpty();
        if (intent.queries().isEmpty() ? !fixed : !answers && !fixed) {
            throw YamlMap.invalid(yaml.where(), "needs queries with an answer, a policy topic to decide, or a phrase");
        }
        if (!intent.queries().isEmpty() && intent.fact().isEmpty()) {
            throw YamlMap.invalid(yaml.where(), "needs a fact sentence for the rows of its queries");
        }
        if (intent.examples().values().stream().anyMatch(List::isEmpty)) {
            throw YamlMap.invalid(yaml.where(), "needs examples in every language: en, zh");
        }
    }
}
