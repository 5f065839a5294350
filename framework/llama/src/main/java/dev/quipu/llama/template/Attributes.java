package dev.quipu.llama.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands after a value: {@code .name}, {@code [index]} and {@code [start:stop:step]}. */
final class Attributes {
    private Attributes() {}

    /** Methods come before the entries of a dictionary, as in Python. */
    static Value attribute(Execution run, Value target, String name) {
        Value.Function method = method(target, name);
        if (method != null) {
            return method;
        }
        return switch (target) {
            case Value.Mapping mapping -> orUndefined(mapping.get(name), name);
            case Value.Namespace namespace -> orUndefined(namespace.attributes().get(name), name);
            case Value.Loop loop -> loop.state().attribute(name);
            case Value.Undefined undefined ->
                throw run.failure(
                        TemplateError.UNDEFINED,
                        "'" + undefined.name() + "' is undefined and has no attribute '" + name + "'");
            default -> new Value.Undefined(name);
        };
    }

    static Value item(Execution run, Value target, Value index) {
        Value found = switch (target) {
            case Value.Undefined undefined ->
                throw run.failure(TemplateError.UNDEFINED, "'" + undefined.name() + "' is undefined and has no items");
            case Value.Mapping mapping ->
                Mappings.isKey(index) ? mapping.entries().get(Mappings.key(run, index)) : null;
            case Value.Sequence sequence -> element(sequence.items(), Numbers.integer(index));
            case Value.Text text -> character(run, text.text(), Numbers.integer(index));
            default -> null;
        };
        if (found != null) {
            return found;
        }
        return index instanceof Value.Text text
                ? attribute(run, target, text.text())
                : new Value.Undefined(Printer.text(run, index));
    }

    static Value slice(Execution run, Value target, @Nullable Value start, @Nullable Value stop, @Nullable Value step) {
        return switch (target) {
            case Value.Sequence sequence -> {
                List<Value> part = new ArrayList<>();
                for (int index : Slice.of(run, start, stop, step)
                        .indices(run, sequence.items().size())) {
                    part.add(sequence.items().get(index));
                }
                yield new Value.Sequence(part, sequence.tuple());
            }
            case Value.Text text -> {
                run.read(text.text());
                int[] characters = text.text().codePoints().toArray();
                StringBuilder part = new StringBuilder();
                for (int index : Slice.of(run, start, stop, step).indices(run, characters.length)) {
                    part.appendCodePoint(characters[index]);
                }
                yield run.made(part.toString());
            }
            case Value.Undefined undefined ->
                throw run.failure(
                        TemplateError.UNDEFINED, "'" + undefined.name() + "' is undefined and cannot be sliced");
            default -> new Value.Undefined("slice");
        };
    }

    private static @Nullable Value element(List<Value> items, @Nullable BigInteger index) {
        if (index == null || index.bitLength() > 31) {
            return null;
        }
        int at = index.signum() < 0 ? index.intValue() + items.size() : index.intValue();
        return at >= 0 && at < items.size() ? items.get(at) : null;
    }

    private static @Nullable Value character(Execution run, String text, @Nullable BigInteger index) {
        if (index == null || index.bitLength() > 31) {
            return null;
        }
        run.read(text);
        int length = PythonText.length(text);
        int at = index.signum() < 0 ? index.intValue() + length : index.intValue();
        return at >= 0 && at < length ? Value.of(PythonText.substring(text, at, at + 1)) : null;
    }

    private static Value orUndefined(@Nullable Value value, String name) {
        return value == null ? new Value.Undefined(name) : value;
    }

    private static Value.@Nullable Function method(Value target, String name) {
        return switch (target) {
            case Value.Text text -> StringMethods.bind(text.text(), name);
            case Value.Sequence sequence -> SequenceMethods.bind(sequence, name);
            case Value.Mapping mapping -> Mappings.bind(mapping, name);
            default -> null;
        };
    }
}
