package dev.quipu.kg.question;

import java.util.List;
import java.util.Set;

/** Tells a question that only names another thing, such as "and the red one?": it asks what the one before asked. */
final class Ellipsis {
    private static final Set<String> FILLERS = Set.of("""
            and what about how then or the a an one ones for in with also same please ok okay instead but if so it
            that well of this hmm now 还有 那么 如果 换成 另外 这个 那个 的话
            """.strip().split("\\s+"));

    private Ellipsis() {}

    /** @param words of a question without its names, as in {@link Delexicalized#words()} */
    static boolean is(List<String> words) {
        return words.stream().anyMatch(w -> w.startsWith("{"))
                && words.stream().allMatch(w -> w.startsWith("{") || FILLERS.contains(w));
    }
}
