package dev.quipu;

import java.util.List;

/**
 * Decides what a model must not decide: who may see what, what may be done, when a person takes over.
 *
 * <p>Implementations are thread-safe, deterministic, and never read a model's output. A call may take milliseconds;
 * it must not run on an event loop.
 */
public interface Policy extends AutoCloseable {
    /**
     * The decisions of all rules that apply, strongest outcome first; empty when no rule speaks about the topic.
     *
     * @throws QuipuException if a rule fails; the request must then not be served
     */
    List<Decision> decide(PolicyRequest request);

    @Override
    default void close() {}
}
