package dev.quipu.llama;

import dev.langchain4j.model.chat.response.StreamingHandle;
import org.jspecify.annotations.Nullable;

/** Lets a streaming handler cancel what is generated for it. */
final class GenerationHandle implements StreamingHandle {
    private volatile @Nullable Generation generation;
    private volatile boolean cancelled;

    /** Goes on to a generation, which ends at once if the handler has had enough already. */
    void follow(Generation next) {
        generation = next;
        if (cancelled) {
            next.cancel();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        Generation current = generation;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
