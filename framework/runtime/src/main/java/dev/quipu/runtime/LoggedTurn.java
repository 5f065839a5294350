package dev.quipu.runtime;

import dev.quipu.Intent;
import dev.quipu.Mention;
import java.util.List;
import java.util.Optional;

/**
 * A turn with what a later turn builds on.
 *
 * @param turn the question and its answer
 * @param mentions the things the question was about; the focus of later turns is made of them
 * @param pending the reading whose missing slots the answer asked for; empty when it asked for none
 */
public record LoggedTurn(Turn turn, List<Mention> mentions, Optional<Intent> pending) {
    public LoggedTurn {
        mentions = List.copyOf(mentions);
    }
}
