package dev.quipu.llama.grammar;

import java.util.Map;

/** How many characters the texts of a part have, and whether that can be held within bounds. */
final class TextLength {
    private static final long ENDLESS = Long.MAX_VALUE;

    private final Map<String, Part> rules;

    TextLength(Map<String, Part> rules) {
        this.rules = rules;
    }

    private record Range(long least, long most) {}

    /** The part where its texts keep the bounds anyway, or one repetition of single characters can be cut to them. */
    Part held(Part part, int least, int most, String pointer, RuleBook book) {
        Range range = of(part);
        if (range.least() >= least && (most == Part.Repeat.ENDLESS || range.most() <= most)) {
            return part;
        }
        if (part instanceof Part.Repeat repeat && repeat.item() instanceof Part.Chars item) {
            int low = Math.max(repeat.least(), least);
            int high = least(repeat.most(), most);
            if (high != Part.Repeat.ENDLESS && low > high) {
                throw GrammarException.at(GrammarError.UNSATISFIABLE, pointer, "no text has the length asked for");
            }
            return book.repeat(item, low, high);
        }
        throw GrammarException.at(
                GrammarError.UNSUPPORTED,
                pointer,
                "texts of " + range.least() + " to " + (range.most() == ENDLESS ? "any number of" : range.most())
                        + " characters cannot be held to minLength and maxLength; say the length in the pattern");
    }

    private static int least(int a, int b) {
        return a == Part.Repeat.ENDLESS ? b : b == Part.Repeat.ENDLESS ? a : Math.min(a, b);
    }

    private Range of(Part part) {
        return switch (part) {
            case Part.Text literal -> {
                long length = literal.text().codePointCount(0, literal.text().length());
                yield new Range(length, length);
            }
            case Part.Chars chars -> new Range(1, 1);
            case Part.Rule rule -> of(rules.getOrDefault(rule.name(), Part.NOTHING));
            case Part.Sequence sequence -> {
                Range sum = new Range(0, 0);
                for (Part item : sequence.items()) {
                    Range one = of(item);
                    sum = new Range(sum.least() + one.least(), plus(sum.most(), one.most()));
                }
                yield sum;
            }
            case Part.Choice choice ->
                new Range(
                        choice.options().stream()
                                .mapToLong(o -> of(o).least())
                                .min()
                                .orElse(0),
                        choice.options().stream()
                                .mapToLong(o -> of(o).most())
                                .max()
                                .orElse(0));
            case Part.Repeat repeat -> {
                Range one = of(repeat.item());
                long most = repeat.endless() || one.most() == ENDLESS ? ENDLESS : one.most() * repeat.most();
                yield new Range(one.least() * repeat.least(), most);
            }
        };
    }

    private static long plus(long a, long b) {
        return a == ENDLESS || b == ENDLESS ? ENDLESS : a + b;
    }
}
