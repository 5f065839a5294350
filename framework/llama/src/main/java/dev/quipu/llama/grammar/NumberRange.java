package dev.quipu.llama.grammar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The numbers between two bounds, in plain notation.
 *
 * <p>A range of decimals is walked digit by digit: as long as what was written equals the beginning of a bound, the next
 * digit is limited by that bound; from the first digit that differs on, all digits are free.
 */
final class NumberRange {
    /** Digits before the point where there is no bound, and behind it beyond those of the bounds. */
    private static final int FREE_DIGITS = 9;

    private static final int FREE_DECIMALS = 5;
    private static final int MOST_DIGITS = 18;
    private static final Part DIGIT = Part.chars('0', '9');

    private NumberRange() {}

    /** One end of a range. */
    record Bound(BigDecimal value, boolean exclusive) {}

    /** Numbers of a range; nothing where there are none. */
    static Optional<Part> of(Optional<Bound> least, Optional<Bound> most, boolean whole) {
        return whole ? integers(least, most) : decimals(least, most);
    }

    private static Optional<Part> integers(Optional<Bound> least, Optional<Bound> most) {
        BigInteger free = BigInteger.TEN.pow(FREE_DIGITS).subtract(BigInteger.ONE);
        BigInteger low = least.map(b -> rounded(b, RoundingMode.CEILING, 1))
                .orElseGet(() -> most.map(b -> rounded(b, RoundingMode.FLOOR, -1))
                        .filter(m -> m.signum() < 0)
                        .map(m -> m.multiply(BigInteger.TEN.pow(FREE_DIGITS)))
                        .orElse(free.negate()));
        BigInteger high = most.map(b -> rounded(b, RoundingMode.FLOOR, -1))
                .orElseGet(() -> low.signum() > 0 ? low.add(free).max(free) : free);
        if (low.compareTo(high) > 0) {
            return Optional.empty();
        }
        requireShort(low.abs().max(high.abs()).toString().length());
        List<Part> options = new ArrayList<>();
        if (low.signum() < 0) {
            BigInteger nearest = high.signum() < 0 ? high.negate() : BigInteger.ONE;
            options.add(Part.sequence(Part.text("-"), integers(nearest, low.negate())));
        }
        if (high.signum() >= 0) {
            options.add(integers(low.max(BigInteger.ZERO), high));
        }
        return Optional.of(Part.choice(options));
    }

    private static BigInteger rounded(Bound bound, RoundingMode mode, int step) {
        BigInteger rounded = bound.value().setScale(0, mode).toBigInteger();
        boolean met = bound.exclusive() && new BigDecimal(rounded).compareTo(bound.value()) == 0;
        return met ? rounded.add(BigInteger.valueOf(step)) : rounded;
    }

    private static void requireShort(int digits) {
        if (digits > MOST_DIGITS) {
            throw new GrammarException(
                    GrammarError.UNSUPPORTED,
                    "A bound of " + digits + " digits cannot be held, at most " + MOST_DIGITS + " can. Leave it out.");
        }
    }

    /** Whole numbers from low to high, neither negative, by their numbers of digits. */
    private static Part integers(BigInteger low, BigInteger high) {
        List<Part> options = new ArrayList<>();
        int longest = high.toString().length();
        for (int digits = low.toString().length(); digits <= longest; digits++) {
            BigInteger first = digits == 1 ? BigInteger.ZERO : BigInteger.TEN.pow(digits - 1);
            BigInteger last = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
            options.add(sameLength(low.max(first).toString(), high.min(last).toString()));
        }
        return Part.choice(options);
    }

    private static Part sameLength(String low, String high) {
        if (low.isEmpty()) {
            return Part.NOTHING;
        }
        char a = low.charAt(0);
        char b = high.charAt(0);
        String lowRest = low.substring(1);
        String highRest = high.substring(1);
        if (a == b) {
            return Part.sequence(digits(a, b), sameLength(lowRest, highRest));
        }
        String zeros = "0".repeat(lowRest.length());
        String nines = "9".repeat(lowRest.length());
        boolean fromStart = lowRest.equals(zeros);
        boolean toEnd = highRest.equals(nines);
        List<Part> options = new ArrayList<>();
        if (!fromStart) {
            options.add(Part.sequence(digits(a, a), sameLength(lowRest, nines)));
        }
        char first = (char) (fromStart ? a : a + 1);
        char last = (char) (toEnd ? b : b - 1);
        if (first <= last) {
            options.add(Part.sequence(digits(first, last), free(zeros.length())));
        }
        if (!toEnd) {
            options.add(Part.sequence(digits(b, b), sameLength(zeros, highRest)));
        }
        return Part.choice(options);
    }

    private static Part free(int digits) {
        return digits == 0 ? Part.NOTHING : new Part.Repeat(DIGIT, digits, digits);
    }

    private static Part digits(char low, char high) {
        return low == high ? Part.text(Character.toString(low)) : Part.chars(low, high);
    }

    private static Optional<Part> decimals(Optional<Bound> least, Optional<Bound> most) {
        List<Part> options = new ArrayList<>();
        Optional<Bound> zero = Optional.of(new Bound(BigDecimal.ZERO, false));
        boolean negative = least.isEmpty() || least.get().value().signum() < 0;
        if (negative) {
            // -0 equals 0, so what is below zero starts behind it.
            Optional<Bound> nearest = most.filter(b -> b.value().signum() <= 0)
                    .map(b -> b.value().signum() == 0
                            ? new Bound(BigDecimal.ZERO, true)
                            : new Bound(b.value().negate(), b.exclusive()))
                    .or(() -> Optional.of(new Bound(BigDecimal.ZERO, true)));
            Optional<Bound> farthest = least.map(b -> new Bound(b.value().negate(), b.exclusive()));
            absolute(nearest.get(), farthest).ifPresent(p -> options.add(Part.sequence(Part.text("-"), p)));
        }
        if (most.isEmpty() || most.get().value().signum() >= 0) {
            Bound low =
                    least.filter(b -> b.value().signum() >= 0).or(() -> zero).get();
            absolute(low, most).ifPresent(options::add);
        }
        return options.isEmpty() ? Optional.empty() : Optional.of(Part.choice(options));
    }

    private static Optional<Part> absolute(Bound low, Optional<Bound> high) {
        BigDecimal a = plain(low.value());
        requireShort(a.toBigInteger().toString().length() + a.scale());
        if (high.isPresent()) {
            int order = low.value().compareTo(high.get().value());
            if (order > 0 || (order == 0 && (low.exclusive() || high.get().exclusive()))) {
                return Optional.empty();
            }
        }
        BigInteger from = a.toBigInteger();
        BigInteger to = high.map(b -> plain(b.value()).toBigInteger())
                .orElseGet(() -> from.add(BigInteger.TEN.pow(FREE_DIGITS).subtract(BigInteger.ONE)));
        requireShort(to.toString().length());
        String lowDigits = decimals(a);
        String highDigits = high.map(b -> decimals(plain(b.value()))).orElse("");
        requireShort(highDigits.length());
        int room = Math.max(lowDigits.length(), highDigits.length()) + FREE_DECIMALS;
        List<Part> options = new ArrayList<>();
        Optional<DecimalFraction.End> lowEnd = Optional.of(new DecimalFraction.End(lowDigits, low.exclusive()));
        Optional<DecimalFraction.End> highEnd = high.map(b -> new DecimalFraction.End(highDigits, b.exclusive()));
        if (from.equals(to)) {
            add(options, from, DecimalFraction.between(lowEnd, highEnd, room));
            return options.isEmpty() ? Optional.empty() : Optional.of(Part.choice(options));
        }
        add(options, from, DecimalFraction.between(lowEnd, Optional.empty(), room));
        BigInteger second = from.add(BigInteger.ONE);
        BigInteger last = high.isPresent() ? to.subtract(BigInteger.ONE) : to;
        if (second.compareTo(last) <= 0) {
            DecimalFraction.between(Optional.empty(), Optional.empty(), room)
                    .ifPresent(f -> options.add(Part.sequence(integers(second, last), f)));
        }
        if (high.isPresent()) {
            add(options, to, DecimalFraction.between(Optional.empty(), highEnd, room));
        }
        return Optional.of(Part.choice(options));
    }

    private static void add(List<Part> options, BigInteger whole, Optional<Part> fraction) {
        fraction.ifPresent(f -> options.add(Part.sequence(Part.text(whole.toString()), f)));
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The digits behind the point, none for a whole number. */
    private static String decimals(BigDecimal value) {
        String text = value.toPlainString();
        int point = text.indexOf('.');
        return point < 0 ? "" : text.substring(point + 1);
    }
}
