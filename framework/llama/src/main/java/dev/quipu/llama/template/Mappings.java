package dev.quipu.llama.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys and methods of dictionaries. */
final class Mappings {
    private Mappings() {}

    static boolean isKey(Value value) {
        return switch (value) {
            case Value.Text ignored -> true;
            case Value.Int ignored -> true;
            case Value.Real ignored -> true;
            case Value.Bool ignored -> true;
            case Value.None ignored -> true;
            default -> false;
        };
    }

    static Value key(Execution run, Value value) {
        if (!isKey(value)) {
            throw run.failure(TemplateError.WRONG_TYPE, "A dictionary key cannot be " + Types.name(value));
        }
        if (value instanceof Value.Text text) {
            run.read(text.text());
        }
        return value;
    }

    static List<Value> items(Execution run, Map<Value, Value> entries) {
        run.steps(entries.size());
        List<Value> items = new ArrayList<>(entries.size());
        entries.forEach((key, value) -> items.add(Value.Sequence.tuple(key, value)));
        return items;
    }

    static Value.@Nullable Function bind(Value.Mapping mapping, String name) {
        Map<Value, Value> entries = mapping.entries();
        Value.Body body = switch (name) {
            case "get" -> (run, arguments) -> get(run, entries, arguments.bind(run, "get", "key", "default"));
            case "items" ->
                (run, arguments) -> {
                    arguments.bind(run, "items");
                    return Value.Sequence.list(items(run, entries));
                };
            case "keys" ->
                (run, arguments) -> {
                    arguments.bind(run, "keys");
                    run.steps(entries.size());
                    return Value.Sequence.list(new ArrayList<>(entries.keySet()));
                };
            case "values" ->
                (run, arguments) -> {
                    arguments.bind(run, "values");
                    run.steps(entries.size());
                    return Value.Sequence.list(new ArrayList<>(entries.values()));
                };
            case "copy" ->
                (run, arguments) -> {
                    arguments.bind(run, "copy");
                    run.steps(entries.size());
                    return new Value.Mapping(new LinkedHashMap<>(entries));
                };
            case "pop" -> (run, arguments) -> pop(run, entries, arguments.bind(run, "pop", "key", "default"));
            case "setdefault" ->
                (run, arguments) -> setDefault(run, entries, arguments.bind(run, "setdefault", "key", "default"));
            case "update" -> (run, arguments) -> update(run, entries, arguments);
            default -> null;
        };
        return body == null ? null : new Value.Function(name, body);
    }

    private static Value get(Execution run, Map<Value, Value> entries, Arguments.Bound arguments) {
        Value found = entries.get(key(run, arguments.required("key")));
        return found != null ? found : arguments.find("default").orElse(Value.None.NONE);
    }

    private static Value pop(Execution run, Map<Value, Value> entries, Arguments.Bound arguments) {
        Value key = key(run, arguments.required("key"));
        Value removed = entries.remove(key);
        if (removed != null) {
            return removed;
        }
        return arguments
                .find("default")
                .orElseThrow(() -> run.failure(
                        TemplateError.WRONG_TYPE, "The dictionary has no key " + Printer.representation(run, key)));
    }

    private static Value setDefault(Execution run, Map<Value, Value> entries, Arguments.Bound arguments) {
        Value byDefault = arguments.find("default").orElse(Value.None.NONE);
        Value present = entries.putIfAbsent(key(run, arguments.required("key")), byDefault);
        return present != null ? present : byDefault;
    }

    private static Value update(Execution run, Map<Value, Value> entries, Arguments arguments) {
        for (Value argument : arguments.positional()) {
            if (!(argument instanceof Value.Mapping other)) {
                throw run.failure(TemplateError.WRONG_TYPE, "update takes a dictionary, not " + Types.name(argument));
            }
            run.steps(other.entries().size());
            entries.putAll(other.entries());
        }
        arguments.named().forEach((name, value) -> entries.put(Value.of(name), value));
        return Value.None.NONE;
    }
}
