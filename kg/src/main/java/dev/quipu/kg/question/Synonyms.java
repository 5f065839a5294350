package dev.quipu.kg.question;

import dev.quipu.Language;
import dev.quipu.kg.internal.YamlMap;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of a suite that mean the same. Embedding models hardly tell "cheapest" from "dearest", so what customers say is
 * brought to one form before questions and examples are compared.
 */
final class Synonyms {
    private final Map<Language, Map<String, String>> forms = new EnumMap<>(Language.class);
    private final Map<Language, Pattern> patterns = new EnumMap<>(Language.class);

    /** Adds the file of one folder. */
    void add(YamlMap yaml) {
        for (Language language : Language.values()) {
            YamlMap given = yaml.map(language.tag());
            Map<String, String> target = forms.computeIfAbsent(language, l -> new LinkedHashMap<>());
            for (String form : given.keys()) {
                given.texts(form).forEach(word -> target.put(word.toLowerCase(Locale.ROOT), form));
            }
            patterns.put(language, pattern(language, target));
        }
    }

    private static Pattern pattern(Language language, Map<String, String> words) {
        List<String> longestFirst = words.keySet().stream()
                .sorted((a, b) -> b.length() - a.length())
                .map(Pattern::quote)
                .toList();
        String any = longestFirst.isEmpty() ? "(?!)" : String.join("|", longestFirst);
        return Pattern.compile(
                language == Language.ENGLISH ? "\\b(?:" + any + ")\\b" : "(?:" + any + ")", Pattern.CASE_INSENSITIVE);
    }

    String replace(String text, Language language) {
        Pattern pattern = patterns.get(language);
        Map<String, String> words = forms.get(language);
        if (pattern == null || words == null) {
            return text;
        }
        return pattern.matcher(text)
                .replaceAll(m ->
                        Matcher.quoteReplacement(words.getOrDefault(m.group().toLowerCase(Locale.ROOT), m.group())));
    }
}
