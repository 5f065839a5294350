package dev.quipu.llama.internal.ffm;

import dev.quipu.llama.EngineException;
import dev.quipu.llama.FinishReason;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A generation between its reader and the decode loop.
 *
 * <p>The loop puts text into a bounded buffer and skips the sequence while the buffer is full; the reader takes from it
 * and wakes the loop. State of decoding is touched by the loop alone.
 */
final class NativeGeneration implements Generation {
    private static final int BUFFERED = 16;

    /** What the reader gets: text, or the end. */
    private record Piece(String text, boolean last) {}

    private final GenerationRequest request;
    private final Runnable wake;
    private final long started = System.nanoTime();
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(BUFFERED + 3);
    private final StringBuilder text = new StringBuilder();
    private final int[] prompt;
    private volatile boolean cancelled;
    private volatile @Nullable EngineException failure;
    private volatile @Nullable GenerationResult result;
    private boolean ended;

    private long scheduled;
    private long firstToken;

    NativeGeneration(GenerationRequest request, int[] prompt, Runnable wake) {
        this.request = request;
        this.prompt = prompt;
        this.wake = wake;
    }

    GenerationRequest request() {
        return request;
    }

    int[] prompt() {
        return prompt;
    }

    boolean cancelled() {
        return cancelled;
    }

    boolean expired() {
        return System.nanoTime() - started > request.deadline().toNanos();
    }

    /** Whether the reader has room for one more piece. */
    boolean wanted() {
        return pieces.size() < BUFFERED;
    }

    void scheduled() {
        scheduled = System.nanoTime();
    }

    void emit(String piece) {
        if (firstToken == 0) {
            firstToken = System.nanoTime();
        }
        if (!piece.isEmpty()) {
            text.append(piece);
            pieces.add(new Piece(piece, false));
        }
    }

    void finish(FinishReason reason, int cachedTokens, int outputTokens) {
        long now = System.nanoTime();
        result = new GenerationResult(
                text.toString(),
                reason,
                prompt.length,
                cachedTokens,
                outputTokens,
                new GenerationResult.Timings(
                        Duration.ofNanos(Math.max(0, (scheduled == 0 ? now : scheduled) - started)),
                        Duration.ofNanos((firstToken == 0 ? now : firstToken) - started),
                        Duration.ofNanos(now - started)));
        end();
    }

    void fail(EngineException cause) {
        failure = cause;
        end();
    }

    private void end() {
        // Places beyond what a reader may leave full are kept for the last text and the end.
        pieces.add(new Piece("", true));
    }

    @Override
    public Optional<String> next() throws InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        Piece piece = pieces.take();
        wake.run();
        if (!piece.last()) {
            return Optional.of(piece.text());
        }
        ended = true;
        @Nullable EngineException cause = failure;
        if (cause != null) {
            throw cause;
        }
        return Optional.empty();
    }

    @Override
    public GenerationResult await() throws InterruptedException {
        while (next().isPresent()) {
            // Reading makes room for more.
        }
        @Nullable EngineException cause = failure;
        if (cause != null) {
            throw cause;
        }
        return java.util.Objects.requireNonNull(result);
    }

    @Override
    public void cancel() {
        cancelled = true;
        wake.run();
    }

    @Override
    public void close() {
        if (result == null && failure == null) {
            cancel();
        }
    }
}
