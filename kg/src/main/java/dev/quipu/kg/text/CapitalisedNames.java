package dev.quipu.kg.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs of capitalised words, with the small words that stand inside of names, and years. It needs no model and knows no
 * language; what a sentence only begins with is dropped where it says nothing by itself, and doubted otherwise: "Later
 * Snow" is also "Snow".
 */
final class CapitalisedNames implements NameFinder {
    private static final Set<String> JOINTS =
            Set.of("of", "the", "de", "la", "van", "von", "and", "in", "for", "du", "da", "al", "bin", "le");
    private static final int LONGEST = 12;

    /**
     * A word as it stands.
     *
     * @param tail where it ends with the punctuation behind it
     */
    private record Token(String text, int start, int end, int tail) {
        /** Whether a name may go on behind it: after "St." it may, after "Snow." it may not. */
        boolean open() {
            return tail == end || text.length() <= 3;
        }

        boolean capital() {
            return Character.isUpperCase(text.codePointAt(0));
        }

        boolean number() {
            return text.chars().allMatch(Character::isDigit);
        }

        boolean joint() {
            return JOINTS.contains(text);
        }
    }

    @Override
    public List<String> names(String sentence) {
        List<Token> tokens = tokens(sentence);
        List<String> names = new ArrayList<>();
        int i = 0;
        while (i < tokens.size()) {
            Token token = tokens.get(i);
            boolean year = token.number() && token.text().length() == 4;
            int last = token.capital() ? end(sentence, tokens, i) : i;
            if (token.capital() || year) {
                add(sentence, tokens.subList(i, last + 1), i == 0, names);
            }
            i = last + 1;
        }
        return names;
    }

    private static void add(String sentence, List<Token> name, boolean opening, List<String> names) {
        int start = 0;
        while (start < name.size()
                && Terms.words(name.get(start).text()).stream().allMatch(Terms::stop)) {
            start++;
        }
        if (start < name.size()) {
            names.add(sentence.substring(name.get(start).start(), name.getLast().end()));
            if (opening && start == 0 && name.size() > 1 && name.get(1).capital()) {
                names.add(sentence.substring(name.get(1).start(), name.getLast().end()));
            }
            addParts(sentence, name.subList(start, name.size()), names);
        }
    }

    /**
     * "Trinidad and Tobago" is one name and "Hank Snow and John Snow" are two: what "and" joins is taken both ways. So is
     * what any small word joins, for "the University of Oslo" stands for Oslo's too.
     */
    private static void addParts(String sentence, List<Token> name, List<String> names) {
        addParts(sentence, name, names, Set.of("and"));
        addParts(sentence, name, names, JOINTS);
    }

    private static void addParts(String sentence, List<Token> name, List<String> names, Set<String> between) {
        int from = 0;
        for (int i = 0; i <= name.size(); i++) {
            if (i < name.size() && !between.contains(name.get(i).text())) {
                continue;
            }
            if (i > from && i - from < name.size()) {
                names.add(sentence.substring(
                        name.get(from).start(), name.get(i - 1).end()));
            }
            from = i + 1;
        }
    }

    /** The last word of the name that begins at a capitalised one. */
    private static int end(String sentence, List<Token> tokens, int first) {
        int last = first;
        while (last - first < LONGEST) {
            int next = last + 1;
            if (adjoins(sentence, tokens, next) && tokens.get(next).joint() && adjoins(sentence, tokens, next + 1)) {
                next++;
                if (!tokens.get(next).capital()) {
                    return last;
                }
            } else if (!adjoins(sentence, tokens, next)
                    || !(tokens.get(next).capital() || tokens.get(next).number())) {
                return last;
            }
            last = next;
        }
        return last;
    }

    /** Whether only space is between a word and the one before it. */
    private static boolean adjoins(String sentence, List<Token> tokens, int at) {
        if (at >= tokens.size() || !tokens.get(at - 1).open()) {
            return false;
        }
        return sentence.substring(tokens.get(at - 1).tail(), tokens.get(at).start())
                .isBlank();
    }

    private static List<Token> tokens(String sentence) {
        List<Token> tokens = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= sentence.length(); i++) {
            boolean word = i < sentence.length() && part(sentence.charAt(i), start >= 0);
            if (word && start < 0) {
                start = i;
            } else if (!word && start >= 0) {
                int end = i;
                while (end > start + 1 && ".-'’".indexOf(sentence.charAt(end - 1)) >= 0) {
                    end--;
                }
                tokens.add(new Token(sentence.substring(start, end), start, end, i));
                start = -1;
            }
        }
        return tokens;
    }

    private static boolean part(char c, boolean inside) {
        return Character.isLetterOrDigit(c) || c == '_' || (inside && ".-'’".indexOf(c) >= 0);
    }
}
