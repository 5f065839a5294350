package dev.quipu.llama.template;

import java.util.ArrayList;
import java.util.List;

/** What a loop or a filter runs over. */
final class Iteration {
    private Iteration() {}

    static boolean isIterable(Value value) {
        return value instanceof Value.Sequence
                || value instanceof Value.Mapping
                || value instanceof Value.Text
                || value instanceof Value.Undefined;
    }

    /** A copy of the items of a list, the keys of a dictionary or the characters of a string; none of undefined. */
    static List<Value> items(Execution run, Value value) {
        return switch (value) {
            case Value.Sequence sequence -> {
                run.steps(sequence.items().size());
                yield new ArrayList<>(sequence.items());
            }
            case Value.Mapping mapping -> {
                run.steps(mapping.entries().size());
                yield new ArrayList<>(mapping.entries().keySet());
            }
            case Value.Text text -> {
                run.steps(text.text().length());
                List<Value> characters = new ArrayList<>();
                text.text().codePoints().forEach(character -> characters.add(Value.of(Character.toString(character))));
                yield characters;
            }
            case Value.Undefined ignored -> new ArrayList<>();
            default -> throw run.failure(TemplateError.WRONG_TYPE, "Cannot iterate over " + Types.name(value));
        };
    }
}
