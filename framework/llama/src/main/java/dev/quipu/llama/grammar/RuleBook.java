package dev.quipu.llama.grammar;

import java.util.LinkedHashMap;
import java.util.Map;

/** The rules of a grammar that is being made. */
final class RuleBook {
    /** Longer repetitions are made of blocks, so that their size written out stays near its square root. */
    private static final int BLOCK = 64;

    static final int LONGEST = 50_000;
    private static final int MOST = 1_900;

    private final Map<String, Part> rules = new LinkedHashMap<>();
    private int count;

    Map<String, Part> rules() {
        return rules;
    }

    /** A rule with a name of its own whose body comes later. */
    Part.Rule reserve(String hint) {
        if (++count > MOST) {
            throw new GrammarException(
                    GrammarError.TOO_LARGE, "The grammar needs more than " + MOST + " rules. Simplify it.");
        }
        String readable = hint.replaceAll("[^a-zA-Z0-9]+", "-").replaceAll("^-|-$", "");
        String name = (readable.isEmpty() ? "r" : readable.substring(0, Math.min(24, readable.length()))) + "-" + count;
        return new Part.Rule(name.startsWith("root-") ? "r" + name : name);
    }

    void define(Part.Rule rule, Part body) {
        rules.put(rule.name(), body);
    }

    Part.Rule add(String hint, Part body) {
        Part.Rule rule = reserve(hint);
        define(rule, body);
        return rule;
    }

    /** The same at least and at most so many times; {@code most} may be endless. */
    Part repeat(Part item, int least, int most) {
        if (least > LONGEST || most > LONGEST) {
            throw new GrammarException(
                    GrammarError.TOO_LARGE, "The grammar repeats something more than " + LONGEST + " times. Lower it.");
        }
        if (most == 0) {
            return Part.NOTHING;
        }
        if (most == Part.Repeat.ENDLESS) {
            return least <= BLOCK
                    ? new Part.Repeat(item, least, most)
                    : Part.sequence(exactly(shared(item), least), Part.any(item));
        }
        if (most <= BLOCK) {
            return least == 1 && most == 1 ? item : new Part.Repeat(item, least, most);
        }
        Part one = shared(item);
        return Part.sequence(exactly(one, least), upTo(one, most - least));
    }

    private Part shared(Part item) {
        return item instanceof Part.Rule || item instanceof Part.Chars ? item : add("item", item);
    }

    private Part exactly(Part item, int times) {
        int blocks = times / BLOCK;
        int rest = times % BLOCK;
        Part head = blocks == 0 ? Part.NOTHING : times(add("block", times(item, BLOCK)), blocks);
        return rest == 0 ? head : Part.sequence(head, times(item, rest));
    }

    private Part times(Part item, int times) {
        return times > BLOCK ? exactly(item, times) : new Part.Repeat(item, times, times);
    }

    /** Any number up to a bound: some blocks and less than a block, or all blocks and the rest. */
    private Part upTo(Part item, int most) {
        int blocks = most / BLOCK;
        int rest = most % BLOCK;
        if (blocks == 0) {
            return rest == 0 ? Part.NOTHING : new Part.Repeat(item, 0, rest);
        }
        Part block = add("block", times(item, BLOCK));
        Part fewer = blocks == 1 ? Part.NOTHING : upTo(block, blocks - 1);
        Part all = exactly(block, blocks);
        return Part.choice(
                Part.sequence(fewer, new Part.Repeat(item, 0, BLOCK - 1)),
                rest == 0 ? all : Part.sequence(all, new Part.Repeat(item, 0, rest)));
    }
}
