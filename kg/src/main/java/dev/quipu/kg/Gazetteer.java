package dev.quipu.kg;

import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary of names, matched in texts by their words.
 *
 * <p>A trie over normalised words: case, accents, full-width forms, hyphens and English plurals do not count, and each
 * Han character is a word of its own, so Chinese needs no word boundaries. Immutable and thread-safe.
 */
final class Gazetteer {
    private static final int LONGEST_TEXT = 20_000;

    /** A word of a text with its place. */
    record Token(String word, int start, int end) {}

    private record Entry(String slot, String id, String name) {}

    private static final class Node {
        final Map<String, Node> next = new HashMap<>();
        final List<Entry> entries = new ArrayList<>();
    }

    private final Node root = new Node();
    private final Map<String, List<List<String>>> namesOfSlot = new HashMap<>();

    /** Adds a name; several things may share it. */
    void add(String slot, String id, String name, String canonical) {
        List<String> words = tokens(name).stream().map(Token::word).toList();
        if (words.isEmpty()) {
            return;
        }
        Node node = root;
        for (String word : words) {
            node = node.next.computeIfAbsent(word, w -> new Node());
        }
        Entry entry = new Entry(slot, id, canonical);
        if (!node.entries.contains(entry)) {
            node.entries.add(entry);
            namesOfSlot.computeIfAbsent(slot, s -> new ArrayList<>()).add(words);
        }
        String joined = String.join("", words);
        if (words.size() > 1 && joined.chars().allMatch(c -> c < 128)) {
            // "t shirt" is also written "tshirt".
            Node short1 = root.next.computeIfAbsent(joined, w -> new Node());
            if (!short1.entries.contains(entry)) {
                short1.entries.add(entry);
            }
        }
    }

    /** Adds one word that counts only where it is spelt like this: "charge" is no slip of the "charger". */
    void addExact(String slot, String id, String word, String canonical) {
        tokens(word).stream()
                .map(token -> root.next.computeIfAbsent(token.word(), w -> new Node()))
                .forEach(node -> node.entries.add(new Entry(slot, id, canonical)));
    }

    /** All names in a text: at each word the longest that starts there and every shorter one. */
    List<Mention> find(String text) {
        List<Token> tokens = tokens(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        List<Mention> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            @Nullable Node node = root;
            for (int j = i; j < tokens.size() && node != null; j++) {
                node = node.next.get(tokens.get(j).word());
                if (node != null) {
                    int start = tokens.get(i).start();
                    int end = tokens.get(j).end();
                    node.entries.forEach(
                            e -> found.add(new Mention(e.slot(), e.id(), e.name(), start, end, 1, Stage.GAZETTEER)));
                }
            }
        }
        return found;
    }

    /**
     * Misspelt names of a slot: as many words as the name has, each within a small edit distance.
     *
     * @param free whether a word may belong to a mention
     */
    List<Mention> findFuzzy(String text, String slot, java.util.function.Predicate<Token> free) {
        List<Token> tokens = tokens(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        List<Mention> found = new ArrayList<>();
        for (List<String> name : namesOfSlot.getOrDefault(slot, List.of())) {
            for (int i = 0; i + name.size() <= tokens.size() && tokens.size() < 200; i++) {
                List<Token> window = tokens.subList(i, i + name.size());
                if (window.stream().allMatch(free)) {
                    double score = similarity(name, window);
                    if (score > 0) {
                        addAll(found, name, window, slot, score);
                    }
                }
            }
        }
        return found;
    }

    private void addAll(List<Mention> found, List<String> name, List<Token> window, String slot, double score) {
        Node node = root;
        for (String word : name) {
            node = java.util.Objects.requireNonNull(node.next.get(word));
        }
        int start = window.getFirst().start();
        int end = window.getLast().end();
        node.entries.stream()
                .filter(e -> e.slot().equals(slot))
                .forEach(e -> found.add(new Mention(slot, e.id(), e.name(), start, end, score, Stage.FULL_TEXT)));
    }

    /** 0 when a word is too far off. */
    private static double similarity(List<String> name, List<Token> window) {
        int edits = 0;
        int letters = 0;
        for (int i = 0; i < name.size(); i++) {
            int distance = misspelling(name.get(i), window.get(i).word());
            if (distance < 0) {
                return 0;
            }
            edits += distance;
            letters += name.get(i).length();
        }
        return 1 - edits / (double) letters;
    }

    /**
     * The edits between a word and what was written for it, -1 when they are too many: words of under five letters must
     * match exactly, longer ones may miss one in four, and the first letter is always right.
     */
    static int misspelling(String expected, String word) {
        int allowed = expected.length() < 5 ? 0 : expected.length() < 8 ? 1 : 2;
        int distance = word.equals(expected) ? 0 : distance(expected, word, allowed);
        boolean off = distance > allowed || (distance > 0 && word.charAt(0) != expected.charAt(0));
        return off ? -1 : distance;
    }

    /** Damerau-Levenshtein distance (optimal string alignment), at most {@code limit + 1}. */
    static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    /** The normalised words of a text. */
    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        int start = -1;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int width = Character.charCount(c);
            boolean han = Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
            boolean word = !han && (Character.isLetterOrDigit(c) || (c == '.' && start >= 0 && digitAt(text, i + 1)));
            if (word && start < 0) {
                start = i;
            }
            if (!word && start >= 0) {
                tokens.add(token(text, start, i));
                start = -1;
            }
            if (han) {
                tokens.add(new Token(text.substring(i, i + width), i, i + width));
            }
            i += width;
        }
        if (start >= 0) {
            tokens.add(token(text, start, text.length()));
        }
        return tokens;
    }

    private static boolean digitAt(String text, int i) {
        return i < text.length() && Character.isDigit(text.charAt(i));
    }

    private static Token token(String text, int start, int end) {
        return new Token(normalise(text.substring(start, end)), start, end);
    }

    private static String normalise(String word) {
        String plain = Normalizer.normalize(word, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replace("colour", "color")
                .replace("grey", "gray");
        boolean plural = plain.length() > 3
                && plain.endsWith("s")
                && !plain.endsWith("ss")
                && !plain.endsWith("us")
                && plain.chars().allMatch(Character::isLetter);
        if (plural && plain.endsWith("ies") && plain.length() > 4) {
            return plain.substring(0, plain.length() - 3) + "y";
        }
        if (plural && plain.matches(".*(ch|sh|x|ss)es")) {
            return plain.substring(0, plain.length() - 2);
        }
        return plural ? plain.substring(0, plain.length() - 1) : plain;
    }
}
