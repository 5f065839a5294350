package dev.quipu.llama.template;

import dev.quipu.llama.template.Expression.Operator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arithmetic operators, on numbers and where Python has them on strings and lists. */
final class Arithmetic {
    private static final int LARGEST_EXPONENT = 1024;

    private Arithmetic() {}

    static Value apply(Execution run, Operator operator, Value left, Value right) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            BigInteger leftInteger = Numbers.integer(left);
            BigInteger rightInteger = Numbers.integer(right);
            return leftInteger != null && rightInteger != null && operator != Operator.DIVIDE
                    ? integers(run, operator, leftInteger, rightInteger)
                    : reals(run, operator, Numbers.real(left), Numbers.real(right));
        }
        Value result = switch (operator) {
            case ADD -> concatenate(run, left, right);
            case MULTIPLY -> repeat(run, left, right);
            case REMAINDER ->
                left instanceof Value.Text text ? run.made(PercentFormat.apply(run, text.text(), right)) : null;
            default -> null;
        };
        if (result == null) {
            throw unfit(run, operator, left, right);
        }
        return result;
    }

    private static TemplateException unfit(Execution run, Operator operator, Value left, Value right) {
        boolean undefined = left instanceof Value.Undefined || right instanceof Value.Undefined;
        return run.failure(
                undefined ? TemplateError.UNDEFINED : TemplateError.WRONG_TYPE,
                "The operator " + operator.symbol() + " does not take " + Types.name(left) + " and "
                        + Types.name(right));
    }

    private static Value integers(Execution run, Operator operator, BigInteger left, BigInteger right) {
        return switch (operator) {
            case ADD -> Numbers.bounded(run, left.add(right));
            case SUBTRACT -> Numbers.bounded(run, left.subtract(right));
            case MULTIPLY -> Numbers.bounded(run, left.multiply(right));
            case POWER -> power(run, left, right);
            case FLOOR_DIVIDE, REMAINDER, DIVIDE -> {
                requireNonZero(run, right.signum() != 0);
                BigInteger[] parts = left.divideAndRemainder(right);
                boolean adjust = parts[1].signum() != 0 && parts[1].signum() != right.signum();
                yield operator == Operator.REMAINDER
                        ? Value.of(adjust ? parts[1].add(right) : parts[1])
                        : Value.of(adjust ? parts[0].subtract(BigInteger.ONE) : parts[0]);
            }
        };
    }

    private static Value power(Execution run, BigInteger left, BigInteger right) {
        if (right.signum() < 0) {
            return new Value.Real(Math.pow(left.doubleValue(), right.doubleValue()));
        }
        boolean trivial = left.bitLength() <= 1;
        if (!trivial && right.bitLength() > Integer.numberOfTrailingZeros(LARGEST_EXPONENT)) {
            throw run.failure(TemplateError.WRONG_TYPE, "The exponent " + right + " is too large");
        }
        int exponent = trivial ? right.mod(BigInteger.TWO).intValue() + 2 : right.intValue();
        return Numbers.bounded(run, right.signum() == 0 ? BigInteger.ONE : left.pow(exponent));
    }

    private static Value reals(Execution run, Operator operator, double left, double right) {
        return new Value.Real(
                switch (operator) {
                    case ADD -> left + right;
                    case SUBTRACT -> left - right;
                    case MULTIPLY -> left * right;
                    case POWER -> Math.pow(left, right);
                    case DIVIDE -> {
                        requireNonZero(run, right != 0);
                        yield left / right;
                    }
                    case FLOOR_DIVIDE -> {
                        requireNonZero(run, right != 0);
                        yield Math.floor(left / right);
                    }
                    case REMAINDER -> {
                        requireNonZero(run, right != 0);
                        yield left - right * Math.floor(left / right);
                    }
                });
    }

    private static void requireNonZero(Execution run, boolean nonZero) {
        if (!nonZero) {
            throw run.failure(TemplateError.WRONG_TYPE, "A number is divided by zero");
        }
    }

    /**
     * Joins strings or lists. Beside a string, none and undefined count as empty, as in llama.cpp: templates add a
     * message's absent content or an absent variable to a text.
     */
    private static @Nullable Value concatenate(Execution run, Value left, Value right) {
        if (left instanceof Value.Sequence sequence
                && right instanceof Value.Sequence other
                && sequence.tuple() == other.tuple()) {
            run.steps(sequence.items().size() + (long) other.items().size());
            List<Value> all = new ArrayList<>(sequence.items());
            all.addAll(other.items());
            return new Value.Sequence(all, sequence.tuple());
        }
        String before = addend(left);
        String after = addend(right);
        boolean text = left instanceof Value.Text || right instanceof Value.Text;
        if (!text || before == null || after == null) {
            return null;
        }
        run.text((long) before.length() + after.length());
        return Value.of(before + after);
    }

    private static @Nullable String addend(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.None ignored -> "";
            case Value.Undefined ignored -> "";
            default -> null;
        };
    }

    private static @Nullable Value repeat(Execution run, Value left, Value right) {
        if (Numbers.integer(left) != null) {
            return repeat(run, right, left);
        }
        if (Numbers.integer(right) == null) {
            return null;
        }
        int times = Math.max(0, Numbers.index(run, right));
        return switch (left) {
            case Value.Text text -> {
                run.text((long) text.text().length() * times);
                yield Value.of(text.text().repeat(times));
            }
            case Value.Sequence sequence -> {
                run.steps((long) sequence.items().size() * times);
                List<Value> all = new ArrayList<>();
                for (int i = 0; i < times && !sequence.items().isEmpty(); i++) {
                    all.addAll(sequence.items());
                }
                yield new Value.Sequence(all, sequence.tuple());
            }
            default -> null;
        };
    }
}
