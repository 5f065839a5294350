package dev.quipu.llama.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Texts that are free but for one other text. */
final class FreeText {
    private FreeText() {}

    /**
     * Texts in which a marker does not occur: a rule for each length of its beginning that was just written, as in the
     * search of Knuth, Morris and Pratt.
     */
    static Part without(String marker, RuleBook book) {
        int[] letters = marker.codePoints().toArray();
        if (letters.length == 0) {
            throw new GrammarException(GrammarError.SYNTAX, "Every text contains the empty one. Pass a marker.");
        }
        List<Part.Rule> states = new ArrayList<>();
        for (int i = 0; i < letters.length; i++) {
            states.add(book.reserve("text"));
        }
        for (int i = 0; i < letters.length; i++) {
            Map<Integer, CharSet> next = new TreeMap<>();
            CharSet named = CharSet.of("");
            for (int letter : letters) {
                if (!named.contains(letter)) {
                    named = named.or(CharSet.of(letter, letter));
                    next.merge(written(letters, i, letter), CharSet.of(letter, letter), CharSet::or);
                }
            }
            next.merge(0, named.not(), CharSet::or);
            next.remove(letters.length);
            List<Part> options = new ArrayList<>(List.of(Part.NOTHING));
            next.forEach((state, set) -> options.add(Part.sequence(new Part.Chars(set), states.get(state))));
            book.define(states.get(i), Part.choice(options));
        }
        return states.getFirst();
    }

    /** How much of the beginning stands at the end, after so much of it and another letter. */
    private static int written(int[] letters, int before, int letter) {
        for (int length = before + 1; length > 0; length--) {
            boolean same = letters[length - 1] == letter;
            for (int i = 0; same && i < length - 1; i++) {
                same = letters[i] == letters[before - length + 1 + i];
            }
            if (same) {
                return length;
            }
        }
        return 0;
    }

    static Part notStarting(String start) {
        int[] letters = start.codePoints().toArray();
        Part all = Part.any(new Part.Chars(CharSet.ALL));
        Part rest = null;
        for (int i = letters.length - 1; i >= 0; i--) {
            Part other = Part.sequence(
                    new Part.Chars(CharSet.of(letters[i], letters[i]).not()), all);
            Part same = Part.text(Character.toString(letters[i]));
            rest = rest == null
                    ? Part.choice(Part.NOTHING, other)
                    : Part.choice(Part.NOTHING, other, Part.sequence(same, rest));
        }
        if (rest == null) {
            throw new GrammarException(GrammarError.SYNTAX, "Every text starts with the empty one. Pass a start.");
        }
        return rest;
    }
}
