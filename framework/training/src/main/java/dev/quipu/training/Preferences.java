package dev.quipu.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file had of preferences.
 *
 * @param skipped how many were left out, by reason
 */
public record Preferences(List<Preference> all, Map<String, Integer> skipped) {
    public Preferences {
        all = List.copyOf(all);
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    }
}
