package dev.quipu.llama.worker.internal;

import dev.quipu.llama.EngineException;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationResult;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A generation in the engine's process, read here. The other side sends no more pieces than it was allowed to, so a reader
 * that stops reading stops the decoding.
 */
final class RemoteGeneration implements Generation {
    /** Pieces that may be under way. */
    static final int WINDOW = 16;

    /** What arrives: text, or the end as a result or a failure. */
    private sealed interface Piece {
        record Text(String piece) implements Piece {}

        record End(
                @Nullable GenerationResult result, @Nullable EngineException failure) implements Piece {}
    }

    private final long id;
    private final WorkerProcess process;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private volatile boolean over;
    private Piece.@Nullable End end;

    RemoteGeneration(long id, WorkerProcess process) {
        this.id = id;
        this.process = process;
    }

    /** Called by the thread that receives. */
    void arrived(Message.Answer answer) {
        switch (answer) {
            case Message.Text text -> pieces.add(new Piece.Text(text.piece()));
            case Message.Done done -> end(new Piece.End(done.result(), null));
            case Message.Failure failure -> lost(Failures.exception(failure));
            case Message.Reply ignored -> throw new IllegalStateException("a generation has no reply");
        }
    }

    /** Ends it with a failure, unless it has ended. */
    void lost(EngineException failure) {
        end(new Piece.End(null, failure));
    }

    private void end(Piece.End how) {
        if (!over) {
            over = true;
            pieces.add(how);
        }
    }

    @Override
    public Optional<String> next() throws InterruptedException {
        if (end != null) {
            return Optional.empty();
        }
        return switch (pieces.take()) {
            case Piece.Text text -> {
                process.tell(new Message.More(id, 1));
                yield Optional.of(text.piece());
            }
            case Piece.End how -> {
                end = how;
                if (how.failure() != null) {
                    throw how.failure();
                }
                yield Optional.empty();
            }
        };
    }

    @Override
    public GenerationResult await() throws InterruptedException {
        while (next().isPresent()) {
            // Reading makes room for more.
        }
        Piece.End how = java.util.Objects.requireNonNull(end);
        if (how.failure() != null) {
            throw how.failure();
        }
        return java.util.Objects.requireNonNull(how.result());
    }

    @Override
    public void cancel() {
        if (!over) {
            process.tell(new Message.Cancel(id));
        }
    }

    @Override
    public void close() {
        cancel();
    }
}
