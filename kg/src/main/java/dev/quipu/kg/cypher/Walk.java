package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.Bindings.LinkedValue;
import dev.quipu.kg.cypher.GraphSchema.Step;
import java.util.List;
import java.util.stream.Stream;

/**
 * A path through the schema.
 *
 * @param start the label where it begins
 * @param bounds things of the question that nodes on it are
 */
record Walk(String start, List<Step> steps, List<LinkedValue> bounds) {
    Walk {
        steps = List.copyOf(steps);
        bounds = List.copyOf(bounds);
    }

    Stream<String> labels() {
        return Stream.concat(Stream.of(start), steps.stream().map(Step::to));
    }
}
