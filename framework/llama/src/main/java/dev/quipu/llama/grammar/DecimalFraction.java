package dev.quipu.llama.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The digits behind a decimal point, between two ends. */
final class DecimalFraction {
    private static final Part DIGIT = Part.chars('0', '9');

    private DecimalFraction() {}

    /**
     * @param digits without zeros at their end
     * @param exclusive whether the end itself is left out
     */
    record End(String digits, boolean exclusive) {}

    /** A point with up to so many digits, or no point; nothing where no fraction lies between the ends. */
    static Optional<Part> between(Optional<End> low, Optional<End> high, int room) {
        boolean none = low.map(l -> l.digits().isEmpty() && !l.exclusive()).orElse(true)
                && high.map(h -> !h.digits().isEmpty() || !h.exclusive()).orElse(true);
        Optional<Part> some = first(low, high, room).map(d -> Part.sequence(Part.text("."), d));
        if (none) {
            return Optional.of(some.map(Part::optional).orElse(Part.NOTHING));
        }
        return some;
    }

    /** At least one digit. */
    private static Optional<Part> first(Optional<End> least, Optional<End> high, int room) {
        if (room == 0) {
            return Optional.empty();
        }
        Optional<End> low = least.filter(l -> l.exclusive() || !l.digits().isEmpty());
        int from = low.map(DecimalFraction::head).orElse(0);
        int to = high.map(DecimalFraction::head).orElse(9);
        List<Part> options = new ArrayList<>();
        int freeFrom = low.isPresent() ? from + 1 : 0;
        int freeTo = high.isPresent() ? to - 1 : 9;
        if (low.isPresent() && high.isPresent() && from == to) {
            rest(low.map(DecimalFraction::tail), high.map(DecimalFraction::tail), room - 1)
                    .ifPresent(r -> options.add(Part.sequence(digit(from), r)));
        } else {
            if (low.isPresent() && from <= to) {
                rest(low.map(DecimalFraction::tail), Optional.empty(), room - 1)
                        .ifPresent(r -> options.add(Part.sequence(digit(from), r)));
            }
            if (freeFrom <= freeTo) {
                options.add(
                        Part.sequence(Part.chars('0' + freeFrom, '0' + freeTo), new Part.Repeat(DIGIT, 0, room - 1)));
            }
            if (high.isPresent() && from <= to) {
                rest(Optional.empty(), high.map(DecimalFraction::tail), room - 1)
                        .ifPresent(r -> options.add(Part.sequence(digit(to), r)));
            }
        }
        return options.isEmpty() ? Optional.empty() : Optional.of(Part.choice(options));
    }

    /** Further digits, or none where what was written so far lies between the ends by itself. */
    private static Optional<Part> rest(Optional<End> low, Optional<End> high, int room) {
        boolean enough = low.map(l -> l.digits().isEmpty() && !l.exclusive()).orElse(true)
                && high.map(h -> !h.digits().isEmpty() || !h.exclusive()).orElse(true);
        Optional<Part> more = first(low, high, room);
        if (enough) {
            return Optional.of(more.map(Part::optional).orElse(Part.NOTHING));
        }
        return more;
    }

    private static int head(End end) {
        return end.digits().isEmpty() ? 0 : end.digits().charAt(0) - '0';
    }

    private static End tail(End end) {
        return end.digits().isEmpty() ? end : new End(end.digits().substring(1), end.exclusive());
    }

    private static Part digit(int value) {
        return Part.text(Integer.toString(value));
    }
}
