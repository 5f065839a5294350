package dev.quipu.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way to an attribute that a filter names, such as {@code function.name} or {@code 0}.
 *
 * @param steps the keys to follow; none stands for the item itself
 */
record AttributePath(List<Value> steps) {
    static AttributePath of(Execution run, Optional<Value> attribute) {
        return attribute.map(value -> parse(run, value)).orElse(new AttributePath(List.of()));
    }

    static AttributePath parse(Execution run, Value attribute) {
        if (attribute == Value.None.NONE) {
            return new AttributePath(List.of());
        }
        if (!(attribute instanceof Value.Text text)) {
            return new AttributePath(List.of(Value.of(Numbers.index(run, attribute))));
        }
        run.steps(text.text().length());
        List<Value> steps = new ArrayList<>();
        for (String part : text.text().split("\\.", -1)) {
            boolean digits =
                    !part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            steps.add(digits ? Value.of(Integer.parseInt(part)) : Value.of(part));
        }
        return new AttributePath(steps);
    }

    Value get(Execution run, Value item) {
        Value value = item;
        for (Value step : steps) {
            run.steps(1);
            value = Attributes.item(run, value, step);
        }
        return value;
    }
}
