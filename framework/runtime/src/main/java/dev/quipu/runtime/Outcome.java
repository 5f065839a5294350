package dev.quipu.runtime;

import dev.quipu.Answer;
import dev.quipu.Evidence;
import dev.quipu.Intent;
import dev.quipu.Mention;
import java.util.List;
import java.util.Optional;

/**
 * What a turn came to.
 *
 * @param mentions what the question was about, for the focus of later turns
 * @param pending the reading whose missing slots the text asks for
 * @param degraded whether a part was unavailable
 */
record Outcome(
        String text,
        Answer.Path path,
        Evidence evidence,
        List<Mention> mentions,
        Optional<Intent> pending,
        boolean degraded) {}
