package dev.quipu.llama.spi;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.FinishReason;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import dev.quipu.llama.TokenLikelihood;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A generation between its reader and the thread that decodes.
 *
 * <p>The decoding thread puts text into a bounded buffer and leaves the sequence alone while {@link #wanted} is false; the
 * reader takes from it and wakes that thread. What is not of {@link Generation} is for the decoding thread only.
 */
public final class GenerationStream implements Generation {
    private static final int BUFFERED = 16;

    /** What the reader gets: text, or the end. */
    private record Piece(String text, boolean last) {}

    private final GenerationRequest request;
    private final Runnable wake;
    private final long started = System.nanoTime();
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(BUFFERED + 3);
    private final Queue<TokenLikelihood> likelihoods = new ConcurrentLinkedQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final int[] prompt;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile boolean awaited;
    private volatile @Nullable EngineException failure;
    private volatile @Nullable GenerationResult result;
    private boolean ended;

    private long scheduled;
    private long firstToken;

    /**
     * @param wake called when the reader made room or cancelled
     */
    public GenerationStream(GenerationRequest request, int[] prompt, Runnable wake) {
        this.request = request;
        this.prompt = prompt;
        this.wake = wake;
    }

    /** What was asked for. */
    public GenerationRequest request() {
        return request;
    }

    /** Its prompt's tokens; not to be changed. */
    public int[] prompt() {
        return prompt;
    }

    /** Whether its reader wants no more. */
    public boolean cancelled() {
        return cancelled;
    }

    /** Nanoseconds since the call. */
    public long age() {
        return System.nanoTime() - started;
    }

    /** Whether its deadline has passed. */
    public boolean expired() {
        return nanosLeft() <= 0;
    }

    /** Time until its deadline. */
    public long nanosLeft() {
        return request.deadline().toNanos() - (System.nanoTime() - started);
    }

    /** The failure of a request that is too late. */
    public EngineException late() {
        return new EngineException(
                EngineError.DEADLINE,
                "The request took longer than its deadline of "
                        + request.deadline().toMillis() + " ms. Raise it or ask for fewer tokens.");
    }

    /** Whether the reader has room for one more piece. */
    public boolean wanted() {
        return awaited || pieces.size() < BUFFERED;
    }

    /** Marks the end of its waiting; only the first time counts. */
    public void scheduled() {
        if (scheduled == 0) {
            scheduled = System.nanoTime();
        }
    }

    /** Hands text to the reader. Call it for each token, also when its text is still held back: it marks the first one. */
    public void emit(String piece) {
        if (firstToken == 0) {
            firstToken = System.nanoTime();
        }
        if (!piece.isEmpty()) {
            text.append(piece);
            if (!awaited) {
                pieces.add(new Piece(piece, false));
            }
        }
    }

    /** Tells how likely the token was whose text is emitted next. */
    public void report(TokenLikelihood likelihood) {
        likelihoods.add(likelihood);
    }

    @Override
    public List<TokenLikelihood> likelihoods() {
        List<TokenLikelihood> drained = new ArrayList<>();
        for (@Nullable TokenLikelihood one = likelihoods.poll(); one != null; one = likelihoods.poll()) {
            drained.add(one);
        }
        return drained;
    }

    /** Ends it with the text so far. */
    public void finish(FinishReason reason, int cachedTokens, int outputTokens) {
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

    /** Ends it with a failure, after the text that waits. */
    public void fail(EngineException cause) {
        failure = cause;
        end();
    }

    private void end() {
        // Places beyond what a reader may leave full are kept for the last text and the end.
        pieces.add(new Piece("", true));
        over.countDown();
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
        // Who wants nothing but the end is not woken for each piece, and never keeps the loop waiting for room.
        awaited = true;
        wake.run();
        over.await();
        ended = true;
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
