package dev.quipu.kg.text;

import java.util.List;

/**
 * A passage that a search found.
 *
 * @param score comparable within one search only
 * @param path how the search came to it, from the passage that it began at to this one; one step for a passage that the
 *     question itself led to
 */
public record FoundPassage(Passage passage, double score, List<Step> path) {
    public FoundPassage {
        path = List.copyOf(path);
    }

    /**
     * A step of a path.
     *
     * @param passage the id of the passage that the step reached
     * @param why in words: what of the question it holds, or what links it to the passage before
     */
    public record Step(String passage, String why) {}

    /** The path in one line. */
    public String reason() {
        return String.join("; then ", path.stream().map(Step::why).toList());
    }
}
