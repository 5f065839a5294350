package dev.quipu.runtime;

import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.Mention;
import java.time.Instant;
import java.util.List;

/**
 * A question and its answer.
 *
 * @param conversation the conversation it belongs to
 * @param sequence its place in the conversation, from 1
 * @param at when it was answered
 * @param who who asked
 * @param mentions what the question was about, for questions that refer back to it
 */
public record Turn(
        String conversation,
        long sequence,
        Instant at,
        Identity who,
        String question,
        List<Mention> mentions,
        Answer answer) {
    public Turn {
        mentions = List.copyOf(mentions);
    }
}
