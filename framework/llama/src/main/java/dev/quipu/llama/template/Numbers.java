package dev.quipu.llama.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Python's numbers: integers of any size up to a bound, doubles, and booleans that count as 0 and 1. */
final class Numbers {
    /** Larger integers serve no prompt and would cost without bound. */
    private static final int LARGEST_BITS = 512;

    private Numbers() {}

    static boolean isNumber(Value value) {
        return value instanceof Value.Int || value instanceof Value.Real || value instanceof Value.Bool;
    }

    /** The integer that a value is, or null when it is none. */
    static @Nullable BigInteger integer(Value value) {
        return switch (value) {
            case Value.Int integer -> integer.number();
            case Value.Bool bool -> bool.isTrue() ? BigInteger.ONE : BigInteger.ZERO;
            default -> null;
        };
    }

    static double real(Value value) {
        if (value instanceof Value.Real real) {
            return real.number();
        }
        BigInteger integer = integer(value);
        return integer == null ? Double.NaN : integer.doubleValue();
    }

    /** An integer small enough for an index, a width or a count. */
    static int index(Execution run, Value value) {
        BigInteger integer = integer(value);
        if (integer == null) {
            throw run.failure(TemplateError.WRONG_TYPE, "An integer is needed here, not " + Types.name(value));
        }
        if (integer.bitLength() > 31) {
            throw run.failure(TemplateError.WRONG_TYPE, "The integer " + integer + " is too large here");
        }
        return integer.intValue();
    }

    /** Compares exactly: a double in between must not make two integers look equal. */
    static int compare(Value left, Value right) {
        double leftReal = real(left);
        double rightReal = real(right);
        return Double.isFinite(leftReal) && Double.isFinite(rightReal)
                ? exact(left).compareTo(exact(right))
                : Double.compare(leftReal, rightReal);
    }

    private static BigDecimal exact(Value value) {
        BigInteger integer = integer(value);
        return integer == null ? new BigDecimal(real(value)) : new BigDecimal(integer);
    }

    static boolean equal(Value left, Value right) {
        return !Double.isNaN(real(left)) && !Double.isNaN(real(right)) && compare(left, right) == 0;
    }

    static Value bounded(Execution run, BigInteger number) {
        if (number.bitLength() > LARGEST_BITS) {
            throw run.failure(
                    TemplateError.WRONG_TYPE, "An integer of more than " + LARGEST_BITS + " bits is too large");
        }
        return Value.of(number);
    }

    /** Truncates towards zero; an error for infinities and what is not a number. */
    static Value truncate(Execution run, double number) {
        if (!Double.isFinite(number)) {
            throw run.failure(TemplateError.WRONG_TYPE, "The float " + show(number) + " has no integer value");
        }
        return Value.of(new BigDecimal(number).toBigInteger());
    }

    /** Python's {@code repr} of a float: the shortest digits that read back, exponents outside 1e-4 to 1e16. */
    static String show(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number > 0 ? "0.0" : "-0.0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = shortest.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = shortest.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = exponent < 0 ? "-" : "+";
        String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : String.valueOf(Math.abs(exponent));
        return (number < 0 ? "-" : "") + mantissa + "e" + sign + power;
    }

    /** Rounds half to even on the exact binary value, as Python does. */
    static double round(double number, int digits, RoundingMode mode) {
        if (!Double.isFinite(number) || digits > 400) {
            return number;
        }
        return digits < -400 ? 0 : new BigDecimal(number).setScale(digits, mode).doubleValue();
    }
}
