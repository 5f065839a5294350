package dev.quipu.llama;

import java.time.Duration;

/**
 * What a generation came to.
 *
 * @param text all of it
 * @param promptTokens tokens of the prompt
 * @param cachedTokens of these, tokens that did not have to be computed; 0 where the provider cannot tell
 * @param outputTokens tokens generated
 * @param timings where the time went
 */
public record GenerationResult(
        String text, FinishReason finish, int promptTokens, int cachedTokens, int outputTokens, Timings timings) {
    /** This one, with what went into another one before it that was discarded. */
    GenerationResult after(GenerationResult discarded) {
        Timings before = discarded.timings();
        return new GenerationResult(
                text,
                finish,
                promptTokens,
                cachedTokens,
                outputTokens + discarded.outputTokens,
                new Timings(
                        before.queued(),
                        before.total().plus(timings.toFirstToken()),
                        before.total().plus(timings.total())));
    }

    /**
     * @param queued waiting for a free sequence
     * @param toFirstToken from the call to the first token (TTFT)
     * @param total from the call to the last token
     */
    public record Timings(Duration queued, Duration toFirstToken, Duration total) {}
}
