package dev.quipu.kg.question;

import dev.quipu.Fact;
import dev.quipu.Language;
import dev.quipu.kg.internal.YamlMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The sentences of a reply.
 *
 * @param one for one fact
 * @param many for several facts, with {@code {count}} and {@code {list}}; without it each fact gets {@code one}
 * @param item one entry of {@code {list}}
 * @param none for no fact
 * @param by the value that chooses among {@code cases}, empty when there are none
 */
record AnswerTemplate(
        Optional<Localized> one,
        Optional<Localized> many,
        Optional<Localized> item,
        Optional<Localized> none,
        String by,
        Map<String, Localized> cases) {

    static AnswerTemplate of(YamlMap yaml) {
        Map<String, Localized> cases = new LinkedHashMap<>();
        YamlMap answers = yaml.map("answers");
        answers.keys().forEach(k -> cases.put(k, Localized.of(answers.map(k))));
        return new AnswerTemplate(
                sentence(yaml, "answer"),
                sentence(yaml, "many"),
                sentence(yaml, "item"),
                sentence(yaml, "none"),
                yaml.text("by", ""),
                cases);
    }

    static Optional<Localized> sentence(YamlMap yaml, String key) {
        return yaml.has(key) ? Optional.of(Localized.of(yaml.map(key))) : Optional.empty();
    }

    /** The reply about facts, of which there is at least one. */
    String render(List<Fact> facts, Language language, ValueFormat format) {
        if (facts.size() > 1 && many.isPresent()) {
            Map<String, Object> values = new LinkedHashMap<>(facts.getFirst().values());
            values.put("count", facts.size());
            values.put(
                    "list",
                    facts.stream()
                            .map(f -> item.orElse(many.get()).in(language).render(f.values(), format))
                            .toList());
            return many.get().in(language).render(values, format);
        }
        return facts.stream()
                .map(f -> choose(f)
                        .map(t -> t.in(language).render(f.values(), format))
                        .orElse(f.text()))
                .distinct()
                .collect(Collectors.joining(language == Language.CHINESE ? "" : " "));
    }

    private Optional<Localized> choose(Fact fact) {
        if (by.isEmpty()) {
            return one;
        }
        return Optional.ofNullable(cases.get(String.valueOf(fact.values().get(by))))
                .or(() -> one);
    }
}
