package dev.quipu.llama.ffm.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whose pass is next, where requests with different adapters run: llama.cpp applies adapters to a whole pass.
 *
 * <p>Each set of adapters that has work gets an equal part of the engine's work, times the weight of its heaviest tenant.
 * One keeps its turn for some work, because changing adapters costs time.
 */
final class Turns {
    /** In tokens. */
    private static final double KEPT = 64;
    /** What a pass costs beside its tokens, in tokens. */
    private static final double PASS = 16;

    private final Map<String, Double> times = new HashMap<>();
    private String current = "";

    /** @param ready sets that have work, not empty */
    String next(Set<String> ready) {
        if (ready.size() == 1 && times.size() == 1 && ready.contains(current) && times.containsKey(current)) {
            return current;
        }
        times.keySet().retainAll(ready);
        double floor = times.values().stream().mapToDouble(t -> t).min().orElse(0);
        ready.forEach(key -> times.putIfAbsent(key, floor));
        String least = ready.stream()
                .min(java.util.Comparator.comparingDouble((String key) -> time(key))
                        .thenComparing(key -> key))
                .orElseThrow();
        if (!ready.contains(current) || time(current) > time(least) + KEPT) {
            current = least;
        }
        return current;
    }

    void charge(String key, int tokens, double weight) {
        times.merge(key, (PASS + tokens) / weight, Double::sum);
    }

    private double time(String key) {
        return times.getOrDefault(key, 0.0);
    }
}
