package dev.quipu.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file had to learn from.
 *
 * @param skipped how many were left out, by reason
 */
public record Examples(List<Example> all, Map<String, Integer> skipped) {
    public Examples {
        all = List.copyOf(all);
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    }

    public static Examples of(List<Example> all) {
        return new Examples(all, Map.of());
    }

    /** What was left out, in words; empty when nothing was. */
    public String told() {
        return String.join(
                ", ",
                skipped.entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey())
                        .toList());
    }
}
