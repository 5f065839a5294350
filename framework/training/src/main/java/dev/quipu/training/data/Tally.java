package dev.quipu.training.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what is left out, and keeps the first few of each reason to show. */
final class Tally {
    private static final int EXAMPLES = 3;
    private static final int EXCERPT = 160;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, List<Removal.Instance>> examples = new LinkedHashMap<>();

    void add(Finding finding, String place, String text) {
        counts.merge(finding.reason(), 1L, Long::sum);
        List<Removal.Instance> shown = examples.computeIfAbsent(finding.reason(), r -> new ArrayList<>());
        if (shown.size() < EXAMPLES) {
            shown.add(new Removal.Instance(place, finding.detail(), excerpt(text)));
        }
    }

    private static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= EXCERPT) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
        return line.substring(0, end) + "…";
    }

    /** The most frequent reason first. */
    List<Removal> removals() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(e -> new Removal(e.getKey(), e.getValue(), examples.getOrDefault(e.getKey(), List.of())))
                .toList();
    }
}
