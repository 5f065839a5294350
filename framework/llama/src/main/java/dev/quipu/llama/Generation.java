package dev.quipu.llama;

import java.util.List;
import java.util.Optional;

/**
 * A running generation, read by one thread.
 *
 * <p>Demand reaches the decoding where {@link EngineCapabilities#demand} says so: text waits in a small buffer, and while
 * that is full its sequence is not decoded. Closing it before the end cancels it within one token.
 */
public interface Generation extends AutoCloseable {
    /**
     * The next piece of text, never a part of a character; empty at the end. Blocks until there is one.
     *
     * @throws EngineException if the generation failed
     */
    Optional<String> next() throws InterruptedException;

    /**
     * Reads to the end and returns the result.
     *
     * @throws EngineException if the generation failed
     */
    GenerationResult await() throws InterruptedException;

    /**
     * The tokens that were drawn since the last call, with their probabilities; empty unless {@link Sampling#reported}
     * asked for them. Their texts may run ahead of what {@link #next} has returned.
     */
    default List<TokenLikelihood> likelihoods() {
        return List.of();
    }

    /** Ends the generation; what was generated so far is its result. */
    void cancel();

    @Override
    void close();
}
