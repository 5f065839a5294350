package dev.quipu.llama;

import dev.langchain4j.model.chat.response.StreamingHandle;

/** Lets a streaming handler cancel its generation. */
final class GenerationHandle implements StreamingHandle {
    private final Generation generation;
    private volatile boolean cancelled;

    GenerationHandle(Generation generation) {
        this.generation = generation;
    }

    @Override
    public void cancel() {
        cancelled = true;
        generation.cancel();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
