package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.GraphSchema.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shortest ways between labels. A query that speaks of a node which it did not match means the nearest one of that
 * label.
 */
final class Joins {
    private final GraphSchema schema;

    Joins(GraphSchema schema) {
        this.schema = schema;
    }

    /** The walks that bind further labels, each from one that is bound by then; {@code bound} grows by what they pass. */
    List<Walk> walks(Set<String> bound, Collection<String> wanted) {
        List<Walk> walks = new ArrayList<>();
        for (String label : new LinkedHashSet<>(wanted)) {
            if (!bound.contains(label)) {
                Walk walk = shortest(bound, label)
                        .orElseThrow(() -> new WrittenQueryException(
                                "nothing joins " + label + " with " + bound + "; match it in a pattern"));
                walks.add(walk);
                walk.labels().forEach(bound::add);
            }
        }
        return walks;
    }

    private Optional<Walk> shortest(Set<String> from, String to) {
        Map<String, @Nullable Step> arrivedBy = new HashMap<>();
        Deque<String> queue = new ArrayDeque<>();
        for (String start : from) {
            arrivedBy.put(start, null);
            queue.add(start);
        }
        while (!queue.isEmpty()) {
            String here = queue.remove();
            if (here.equals(to)) {
                return Optional.of(back(here, arrivedBy));
            }
            for (Step step : schema.steps(here)) {
                if (!arrivedBy.containsKey(step.to())) {
                    arrivedBy.put(step.to(), step);
                    queue.add(step.to());
                }
            }
        }
        return Optional.empty();
    }

    private static Walk back(String end, Map<String, @Nullable Step> arrivedBy) {
        List<Step> steps = new ArrayList<>();
        String here = end;
        for (Step step = arrivedBy.get(here); step != null; step = arrivedBy.get(here)) {
            steps.add(step);
            here = step.from();
        }
        Collections.reverse(steps);
        return new Walk(here, steps, List.of());
    }
}
