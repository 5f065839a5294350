package dev.quipu.llama.grammar;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws texts of a grammar at random. */
final class Sentences {
    private static final int DEEP = 40;
    private static final int UNKNOWN = 1 << 20;

    private final Map<String, Part> rules;
    private final Random random;
    /** Levels of rules that the shortest text of a rule needs. */
    private final Map<String, Integer> heights = new HashMap<>();

    Sentences(Grammar grammar, Random random) {
        this.rules = grammar.rules();
        this.random = random;
        for (int i = 0; i < rules.size(); i++) {
            rules.forEach((name, body) -> heights.put(name, Math.min(UNKNOWN, height(body) + 1)));
        }
    }

    String next() {
        StringBuilder text = new StringBuilder();
        write(new Part.Rule("root"), 0, text);
        return text.toString();
    }

    private void write(Part part, int depth, StringBuilder text) {
        switch (part) {
            case Part.Text literal -> text.append(literal.text());
            case Part.Chars chars -> text.appendCodePoint(character(chars.set()));
            case Part.Rule rule -> write(rules.getOrDefault(rule.name(), Part.NOTHING), depth + 1, text);
            case Part.Sequence sequence -> sequence.items().forEach(i -> write(i, depth, text));
            case Part.Choice choice -> {
                List<Part> options = choice.options();
                Part chosen = depth > DEEP
                        ? options.stream()
                                .min(Comparator.comparingInt(this::height))
                                .orElseThrow()
                        : options.get(random.nextInt(options.size()));
                write(chosen, depth, text);
            }
            case Part.Repeat repeat -> {
                int least = repeat.least();
                int more = depth > DEEP ? 0 : Math.min(5, repeat.endless() ? 5 : repeat.most() - least);
                int times = random.nextInt(8) == 0 && !repeat.endless() && depth <= DEEP
                        ? repeat.most()
                        : least + random.nextInt(more + 1);
                for (int i = 0; i < times; i++) {
                    write(repeat.item(), depth, text);
                }
            }
        }
    }

    /** Mostly ASCII, sometimes the ends of the set, sometimes anything in it. */
    private int character(CharSet set) {
        CharSet plain = set.and(CharSet.of(' ', '~'));
        int way = random.nextInt(10);
        CharSet from = way < 7 && !plain.isEmpty() ? plain : set;
        CharSet.Range range = from.ranges().get(random.nextInt(from.ranges().size()));
        return way == 9 ? range.high() : range.low() + random.nextInt(range.high() - range.low() + 1);
    }

    private int height(Part part) {
        return switch (part) {
            case Part.Text text -> 0;
            case Part.Chars chars -> 0;
            case Part.Rule rule -> heights.getOrDefault(rule.name(), UNKNOWN);
            case Part.Sequence sequence ->
                sequence.items().stream().mapToInt(this::height).max().orElse(0);
            case Part.Choice choice ->
                choice.options().stream().mapToInt(this::height).min().orElse(0);
            case Part.Repeat repeat -> repeat.least() == 0 ? 0 : height(repeat.item());
        };
    }
}
