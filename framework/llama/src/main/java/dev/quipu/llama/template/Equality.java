package dev.quipu.llama.template;

import java.util.List;
import java.util.Map;

/** Python's {@code ==}, ordering and {@code in}. */
final class Equality {
    private Equality() {}

    static boolean equal(Execution run, Value left, Value right) {
        return equal(run, left, right, 1);
    }

    private static boolean equal(Execution run, Value left, Value right, int level) {
        run.steps(1);
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.equal(left, right);
        }
        return switch (left) {
            case Value.Text text -> right instanceof Value.Text other && equal(run, text.text(), other.text());
            case Value.None ignored -> right == Value.None.NONE;
            case Value.Undefined ignored -> right instanceof Value.Undefined;
            case Value.Sequence sequence ->
                right instanceof Value.Sequence other
                        && sequence.tuple() == other.tuple()
                        && equalItems(run, sequence.items(), other.items(), level + 1);
            case Value.Mapping mapping ->
                right instanceof Value.Mapping other
                        && equalEntries(run, mapping.entries(), other.entries(), level + 1);
            default -> identical(left, right);
        };
    }

    /** Whether two values are one, as Python's {@code is}. */
    @SuppressWarnings("ReferenceEquality") // Identity is what is asked for.
    static boolean identical(Value left, Value right) {
        return left == right;
    }

    private static boolean equal(Execution run, String left, String right) {
        if (left.length() != right.length()) {
            return false;
        }
        run.read(left);
        return left.equals(right);
    }

    private static boolean equalItems(Execution run, List<Value> left, List<Value> right, int level) {
        run.valueDepth(level);
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(run, left.get(i), right.get(i), level)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalEntries(Execution run, Map<Value, Value> left, Map<Value, Value> right, int level) {
        run.valueDepth(level);
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<Value, Value> entry : left.entrySet()) {
            Value other = right.get(entry.getKey());
            if (other == null || !equal(run, entry.getValue(), other, level)) {
                return false;
            }
        }
        return true;
    }

    /** Orders two numbers, two strings or two sequences; anything else is an error, as in Python. */
    static int compare(Execution run, Value left, Value right) {
        return compare(run, left, right, 1);
    }

    private static int compare(Execution run, Value left, Value right, int level) {
        run.steps(1);
        run.valueDepth(level);
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right);
        }
        if (left instanceof Value.Text text && right instanceof Value.Text other) {
            run.read(text.text());
            return PythonText.compare(text.text(), other.text());
        }
        if (left instanceof Value.Sequence sequence
                && right instanceof Value.Sequence other
                && sequence.tuple() == other.tuple()) {
            for (int i = 0; i < Math.min(sequence.items().size(), other.items().size()); i++) {
                boolean same = equal(run, sequence.items().get(i), other.items().get(i));
                int order = same
                        ? 0
                        : compare(run, sequence.items().get(i), other.items().get(i), level + 1);
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(sequence.items().size(), other.items().size());
        }
        boolean undefined = left instanceof Value.Undefined || right instanceof Value.Undefined;
        throw run.failure(
                undefined ? TemplateError.UNDEFINED : TemplateError.WRONG_TYPE,
                "There is no order between " + Types.name(left) + " and " + Types.name(right));
    }

    static boolean contains(Execution run, Value container, Value item) {
        if (container instanceof Value.Text text && item instanceof Value.Text part) {
            return new TextSearch(run, part.text()).next(text.text(), 0) >= 0;
        }
        return switch (container) {
            case Value.Sequence sequence -> {
                for (Value candidate : sequence.items()) {
                    if (equal(run, candidate, item)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Value.Mapping mapping -> mapping.entries().containsKey(Mappings.key(run, item));
            case Value.Undefined ignored -> false;
            default ->
                throw run.failure(
                        TemplateError.WRONG_TYPE,
                        "Cannot look for " + Types.name(item) + " in " + Types.name(container));
        };
    }
}
