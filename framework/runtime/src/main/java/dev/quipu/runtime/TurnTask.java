package dev.quipu.runtime;

import dev.quipu.Answer;
import dev.quipu.Identity;
import io.vertx.core.Promise;
import java.time.Instant;

/**
 * A question that was taken, on its way through the queue.
 *
 * @param text the question as the guard let it through
 * @param startNanos when it was asked
 * @param guardMillis how long the guard took
 */
record TurnTask(
        Identity who,
        String text,
        Instant at,
        long startNanos,
        double guardMillis,
        Deadline deadline,
        AnswerRelay relay,
        Promise<Answer> promise) {}
