package dev.quipu.training.data;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The language of a text as a two-letter tag, {@code und} where it does not show. Other scripts than Latin tell it by
 * themselves (Han without kana is Chinese); between languages in Latin letters the most frequent function words decide, of
 * which a text needs two.
 */
public final class Tongue {
    /** Where the language does not show: too short, or mostly names and numbers. */
    public static final String UNKNOWN = "und";

    private static final int ENOUGH = 2000;

    private static final Map<String, List<String>> WORDS = words(
            "en the and to of is in you for it that on with are this have not was my can your be",
            "de der die das und ist nicht ich ein eine zu den mit auf sich es wir sie von für wie",
            "fr le la les et est une des que dans pour pas je vous nous sur avec ce qui du au",
            "es el los las que es una por para con no se del como pero más muy está yo su hola",
            "it il che di non è per una sono con del della questo mi ho come ma più anche gli",
            "pt não que uma para com por os do da em você mais como mas foi são meu isso já",
            "nl het een van niet ik dat op te zijn voor met maar er ook je wij bij naar deze",
            "pl nie się na jest że do to jak ale czy już tak dla są jestem proszę mam być",
            "tr bir ve bu için çok ne ile mi ama var değil daha ben olarak nasıl gibi sonra",
            "vi không là của và có được cho một những này tôi với trong các đã người anh");

    private Tongue() {}

    private static Map<String, List<String>> words(String... languages) {
        Map<String, List<String>> words = new HashMap<>();
        for (String language : languages) {
            String[] parts = language.split(" ");
            for (int i = 1; i < parts.length; i++) {
                words.merge(parts[i], List.of(parts[0]), (a, b) -> {
                    List<String> both = new java.util.ArrayList<>(a);
                    both.addAll(b);
                    return List.copyOf(both);
                });
            }
        }
        return words;
    }

    /** The language of the beginning of a text. */
    public static String of(String text) {
        String sample = text.length() > ENOUGH ? text.substring(0, ENOUGH) : text;
        Map<Character.UnicodeScript, Integer> scripts = new HashMap<>();
        int ascii = 0;
        for (int i = 0; i < sample.length(); ) {
            int c = sample.codePointAt(i);
            i += Character.charCount(c);
            if (c < 128) {
                ascii += (c | 32) >= 'a' && (c | 32) <= 'z' ? 1 : 0;
            } else if (Character.isLetter(c)) {
                scripts.merge(Character.UnicodeScript.of(c), 1, Integer::sum);
            }
        }
        if (ascii > 0) {
            scripts.merge(Character.UnicodeScript.LATIN, ascii, Integer::sum);
        }
        int letters = scripts.values().stream().mapToInt(n -> n).sum();
        int kana = count(scripts, Character.UnicodeScript.HIRAGANA) + count(scripts, Character.UnicodeScript.KATAKANA);
        int han = count(scripts, Character.UnicodeScript.HAN);
        if (kana > 0 && kana * 10 >= han) {
            return "ja";
        }
        // A Han character is as much as a word of several letters, and Chinese texts name products in Latin letters.
        if (han > 0 && han * 5 >= letters) {
            return "zh";
        }
        if (count(scripts, Character.UnicodeScript.HANGUL) * 3 >= letters && letters > 0) {
            return "ko";
        }
        if (count(scripts, Character.UnicodeScript.LATIN) * 2 >= letters && letters > 0) {
            return byWords(sample);
        }
        return scripts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(e -> byScript(e.getKey()))
                .orElse(UNKNOWN);
    }

    private static String byScript(Character.UnicodeScript script) {
        return switch (script) {
            case CYRILLIC -> "ru";
            case ARABIC -> "ar";
            case HEBREW -> "he";
            case THAI -> "th";
            case GREEK -> "el";
            case DEVANAGARI -> "hi";
            default -> UNKNOWN;
        };
    }

    private static int count(Map<Character.UnicodeScript, Integer> scripts, Character.UnicodeScript script) {
        return scripts.getOrDefault(script, 0);
    }

    private static String byWords(String text) {
        Map<String, Integer> found = new HashMap<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}']+")) {
            WORDS.getOrDefault(word, List.of()).forEach(language -> found.merge(language, 1, Integer::sum));
        }
        return found.entrySet().stream()
                .filter(e -> e.getValue() >= 2)
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .orElse(UNKNOWN);
    }
}
