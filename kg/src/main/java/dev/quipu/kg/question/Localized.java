package dev.quipu.kg.question;

import dev.quipu.Language;
import dev.quipu.kg.internal.YamlMap;
import java.util.EnumMap;
import java.util.Map;

/** One sentence in each language of a suite. */
record Localized(Map<Language, SentenceTemplate> sentences) {
    Localized {
        sentences = Map.copyOf(sentences);
    }

    static Localized of(YamlMap yaml) {
        Map<Language, SentenceTemplate> sentences = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            sentences.put(language, SentenceTemplate.parse(yaml.where(), yaml.text(language.tag())));
        }
        yaml.only("en", "zh");
        return new Localized(sentences);
    }

    SentenceTemplate in(Language language) {
        return java.util.Objects.requireNonNull(sentences.get(language));
    }
}
