package dev.quipu.training.data;

import java.util.List;

/** How many rows were left out for one reason, and the first of them. */
public record Removal(String reason, long count, List<Instance> examples) {
    public Removal {
        examples = List.copyOf(examples);
    }

    /**
     * One of them.
     *
     * @param place where it was read
     * @param why with the number and its limit
     * @param text its beginning, personal data masked
     */
    public record Instance(String place, String why, String text) {}
}
