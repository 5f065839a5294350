package dev.quipu.runtime;

import dev.quipu.ApiError;
import dev.quipu.QuipuException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes a log. It takes everything that waits, writes it in one piece, synchronises once, and
 * only then tells the callers: turns that arrive while the disk works share the next synchronisation.
 *
 * <p>After a failed write the segment may hold part of the batch. Before the next batch it is cut back to what is
 * durable. After a failed synchronisation the operating system may have dropped the bytes without saying so again, so
 * that segment is left and the next batch starts a new one.
 */
final class LogWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final int MAX_BATCH_BYTES = 8 << 20;

    private final Segments segments;
    private final ConversationIndex index;
    private final long maxSegmentBytes;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();

    private int number;
    private AppendFile file;
    private long durable;
    private State state = State.SOUND;
    private boolean closed;

    /** Goes on at the end of a segment that holds {@code durable} bytes. */
    LogWriter(Segments segments, ConversationIndex index, long maxSegmentBytes, int number, long durable)
            throws IOException {
        this.segments = segments;
        this.index = index;
        this.maxSegmentBytes = maxSegmentBytes;
        this.number = number;
        this.file = segments.open(number);
        this.durable = durable;
    }

    /** Completes when the turn is durable. */
    CompletableFuture<Void> submit(TurnKey key, byte[] json) {
        Pending pending = new Pending(key, json);
        enqueue(pending);
        return pending.done;
    }

    private synchronized void enqueue(Pending pending) {
        if (closed) {
            throw new QuipuException(ApiError.CLOSED, "The conversation log is closed. Open it again.");
        }
        queue.add(pending);
    }

    /** Lets the writer end after everything that was submitted before. */
    synchronized void close() {
        if (!closed) {
            queue.add(Pending.END);
            closed = true;
        }
    }

    @Override
    public void run() {
        boolean open = true;
        while (open) {
            List<Pending> batch = new ArrayList<>();
            open = take(batch);
            List<Pending> accepted = inSequence(batch);
            if (!accepted.isEmpty()) {
                store(accepted);
            }
        }
        queue.forEach(pending -> pending.done.completeExceptionally(failure(new InterruptedException("writer ended"))));
        closeFile();
    }

    private boolean take(List<Pending> batch) {
        try {
            int bytes = 0;
            for (Pending next = queue.take(); next != null; next = queue.poll()) {
                if (next == Pending.END) {
                    return false;
                }
                batch.add(next);
                bytes += RecordFormat.size(next.json);
                if (bytes >= MAX_BATCH_BYTES) {
                    return true;
                }
            }
            return true;
        } catch (InterruptedException e) {
            // Who closes the log in a hurry interrupts the writer; callers that wait must not wait for ever.
            close();
            batch.forEach(pending -> pending.done.completeExceptionally(failure(e)));
            batch.clear();
            return false;
        }
    }

    private List<Pending> inSequence(List<Pending> batch) {
        Map<String, Long> last = new HashMap<>();
        List<Pending> accepted = new ArrayList<>(batch.size());
        for (Pending pending : batch) {
            String conversation = pending.key.conversation();
            long before = last.getOrDefault(conversation, index.lastSequence(conversation));
            if (before > 0 && pending.key.sequence() != before + 1) {
                pending.done.completeExceptionally(LogException.outOfSequence(pending.key, before));
                continue;
            }
            last.put(conversation, pending.key.sequence());
            accepted.add(pending);
        }
        return accepted;
    }

    private void store(List<Pending> batch) {
        try {
            ByteBuffer bytes = encoded(batch);
            makeRoom(bytes.remaining());
            write(bytes);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.atError().addKeyValue("turns", batch.size()).setCause(e).log("conversation log not written");
            batch.forEach(pending -> pending.done.completeExceptionally(failure(e)));
            return;
        }
        for (Pending pending : batch) {
            index.add(pending.key, ConversationIndex.position(number, durable));
            durable += RecordFormat.size(pending.json);
        }
        batch.forEach(pending -> pending.done.complete(null));
    }

    private static ByteBuffer encoded(List<Pending> batch) {
        ByteBuffer bytes = ByteBuffer.allocate(batch.stream()
                .mapToInt(pending -> RecordFormat.size(pending.json))
                .sum());
        batch.forEach(pending -> RecordFormat.put(bytes, pending.json));
        return bytes.flip();
    }

    private void makeRoom(int bytes) throws IOException {
        if (state != State.SOUND) {
            file.truncate(durable);
        }
        if (state == State.UNSYNCED || (durable > 0 && durable + bytes > maxSegmentBytes)) {
            AppendFile next = segments.open(number + 1);
            closeFile();
            file = next;
            number++;
            durable = 0;
        }
        state = State.SOUND;
    }

    private void write(ByteBuffer bytes) throws IOException {
        state = State.TORN;
        file.append(bytes);
        state = State.UNSYNCED;
        file.force();
        state = State.SOUND;
    }

    private void closeFile() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("segment", number).setCause(e).log("segment not closed");
        }
    }

    private LogUnavailableException failure(Throwable cause) {
        return new LogUnavailableException(
                "A turn could not be made durable in segment " + number + ": " + cause.getMessage()
                        + ". Free disk space or repair the disk and ask again; earlier turns are safe.",
                cause);
    }

    private enum State {
        SOUND,
        /** Part of a batch may stand behind the durable bytes. */
        TORN,
        /** All of a batch stands there, but the disk did not confirm it. */
        UNSYNCED
    }

    /** Opens the segment with a number for appending, creating it when it does not exist. */
    @FunctionalInterface
    interface Segments {
        AppendFile open(int number) throws IOException;
    }

    /** A turn whose caller waits. */
    private static final class Pending {
        static final Pending END = new Pending(new TurnKey("", 0), new byte[0]);

        private final TurnKey key;
        private final byte[] json;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Pending(TurnKey key, byte[] json) {
            this.key = key;
            this.json = json;
        }
    }
}
