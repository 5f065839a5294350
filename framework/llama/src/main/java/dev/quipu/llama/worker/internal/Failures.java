package dev.quipu.llama.worker.internal;

import dev.quipu.ErrorCode;
import dev.quipu.QuipuException;
import dev.quipu.Retryable;
import dev.quipu.llama.EngineBusyException;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineLostException;
import java.time.Duration;
import java.util.Arrays;

/** Failures on their way from one process to the other. */
final class Failures {
    private static final int NEVER = -1;

    private Failures() {}

    static Message.Failure of(long id, RuntimeException failure) {
        long retry = failure instanceof Retryable r ? r.retryAfter().toMillis() : NEVER;
        return failure instanceof QuipuException known
                ? new Message.Failure(id, known.code().id(), known.detail(), retry)
                : new Message.Failure(id, EngineError.WORKER.id(), "The engine's process failed: " + failure, retry);
    }

    static EngineException exception(Message.Failure failure) {
        ErrorCode code = Arrays.stream(EngineError.values())
                .filter(c -> c.id().equals(failure.code()))
                .findFirst()
                .orElse(EngineError.WORKER);
        if (code == EngineError.BUSY) {
            return new EngineBusyException(failure.detail(), Duration.ofMillis(failure.retryAfterMillis()));
        }
        return new EngineException((EngineError) code, failure.detail());
    }

    static EngineLostException lost(String how) {
        return new EngineLostException(
                "The engine's process ended (" + how + ") and this request with it. It is being started again; send the"
                        + " request once more.",
                Duration.ofSeconds(1));
    }
}
