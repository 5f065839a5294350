package dev.quipu.runtime;

import dev.quipu.Intent;
import dev.quipu.Question;
import java.util.List;
import java.util.Optional;

/**
 * Chooses among the readings of a question when none stands clear.
 *
 * <p>Implementations are thread-safe. A call may block on a model; it runs on a virtual thread that is interrupted
 * when its deadline passes.
 */
@FunctionalInterface
public interface ReadingChooser {
    /**
     * One of the readings, or empty when none of them is what the customer means.
     *
     * @param readings one to four, best first
     * @throws dev.quipu.QuipuException if no choice could be made; the assistant then decides by score
     */
    Optional<Intent> choose(Question question, List<Intent> readings);
}
