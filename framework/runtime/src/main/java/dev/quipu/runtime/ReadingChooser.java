package dev.quipu.runtime;

import dev.quipu.Intent;
import dev.quipu.Question;
import java.util.List;
import java.util.Optional;

/** Chooses what a question means where the knowledge is not certain. */
public interface ReadingChooser {
    /**
     * The reading that is meant; empty when none is.
     *
     * @param readings at least one, best first
     */
    Optional<Intent> choose(Question question, List<Intent> readings);
}
