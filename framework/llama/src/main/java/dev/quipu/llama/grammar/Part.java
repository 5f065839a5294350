package dev.quipu.llama.grammar;

import java.util.ArrayList;
import java.util.List;

/** A part of a grammar. */
sealed interface Part {
    /** No text at all. */
    Part NOTHING = new Sequence(List.of());

    /** Exactly this text. */
    record Text(String text) implements Part {}

    /** One character out of a set, which is not empty. */
    record Chars(CharSet set) implements Part {}

    /** One after the other. */
    record Sequence(List<Part> items) implements Part {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** One of several. */
    record Choice(List<Part> options) implements Part {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /**
     * The same again and again.
     *
     * @param most times at most; {@link #ENDLESS} for no bound
     */
    record Repeat(Part item, int least, int most) implements Part {
        static final int ENDLESS = -1;

        boolean endless() {
            return most == ENDLESS;
        }
    }

    /** What a rule says. */
    record Rule(String name) implements Part {}

    static Part text(String text) {
        return text.isEmpty() ? NOTHING : new Text(text);
    }

    static Part sequence(Part... items) {
        return sequence(List.of(items));
    }

    static Part sequence(List<Part> items) {
        List<Part> flat = new ArrayList<>();
        for (Part item : items) {
            if (item instanceof Sequence inner) {
                flat.addAll(inner.items());
            } else {
                flat.add(item);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new Sequence(flat);
    }

    static Part choice(Part... options) {
        return choice(List.of(options));
    }

    static Part choice(List<Part> options) {
        List<Part> distinct = options.stream().distinct().toList();
        return distinct.size() == 1 ? distinct.getFirst() : new Choice(distinct);
    }

    static Part optional(Part item) {
        return new Repeat(item, 0, 1);
    }

    static Part any(Part item) {
        return new Repeat(item, 0, Repeat.ENDLESS);
    }

    static Part chars(int low, int high) {
        return new Chars(CharSet.of(low, high));
    }
}
