package dev.quipu.llama.grammar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/** A set of code points that a text can hold: neither U+0000, which ends a text in C, nor halves of surrogate pairs. */
final class CharSet {
    static final CharSet ALL = new CharSet(List.of(
            new Range(1, Character.MIN_SURROGATE - 1),
            new Range(Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT)));

    /** First and last of a run of code points. */
    record Range(int low, int high) {}

    private final List<Range> ranges;

    private CharSet(List<Range> ranges) {
        this.ranges = ranges;
    }

    static CharSet of(int low, int high) {
        return new CharSet(List.of(new Range(low, high))).and(ALL);
    }

    static CharSet of(String members) {
        List<Range> ranges = new ArrayList<>();
        members.codePoints().forEach(c -> ranges.add(new Range(c, c)));
        return merged(ranges).and(ALL);
    }

    static CharSet of(List<Range> ranges) {
        return merged(ranges).and(ALL);
    }

    private static CharSet merged(List<Range> unordered) {
        List<Range> merged = new ArrayList<>();
        for (Range range :
                unordered.stream().sorted(Comparator.comparingInt(Range::low)).toList()) {
            if (!merged.isEmpty() && range.low() <= merged.getLast().high() + 1) {
                Range last = merged.removeLast();
                merged.add(new Range(last.low(), Math.max(last.high(), range.high())));
            } else {
                merged.add(range);
            }
        }
        return new CharSet(merged);
    }

    List<Range> ranges() {
        return ranges;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean contains(int c) {
        return meets(c, c);
    }

    /** Whether any member lies between two code points. */
    boolean meets(int low, int high) {
        int from = 0;
        int to = ranges.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (ranges.get(middle).high() < low) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from < ranges.size() && ranges.get(from).low() <= high;
    }

    CharSet or(CharSet other) {
        List<Range> both = new ArrayList<>(ranges);
        both.addAll(other.ranges);
        return merged(both);
    }

    CharSet and(CharSet other) {
        List<Range> common = new ArrayList<>();
        for (int a = 0, b = 0; a < ranges.size() && b < other.ranges.size(); ) {
            Range left = ranges.get(a);
            Range right = other.ranges.get(b);
            int low = Math.max(left.low(), right.low());
            int high = Math.min(left.high(), right.high());
            if (low <= high) {
                common.add(new Range(low, high));
            }
            if (left.high() < right.high()) {
                a++;
            } else {
                b++;
            }
        }
        return new CharSet(common);
    }

    /** All that it does not hold. */
    CharSet not() {
        List<Range> gaps = new ArrayList<>();
        int next = 0;
        for (Range range : ranges) {
            if (range.low() > next) {
                gaps.add(new Range(next, range.low() - 1));
            }
            next = range.high() + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            gaps.add(new Range(next, Character.MAX_CODE_POINT));
        }
        return new CharSet(gaps).and(ALL);
    }

    CharSet minus(CharSet other) {
        return and(other.not());
    }

    /** Members that satisfy a condition, of a set that is small. */
    List<Integer> members(IntPredicate wanted) {
        return ranges.stream()
                .flatMapToInt(r -> java.util.stream.IntStream.rangeClosed(r.low(), r.high()))
                .filter(wanted)
                .boxed()
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CharSet set && set.ranges.equals(ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
