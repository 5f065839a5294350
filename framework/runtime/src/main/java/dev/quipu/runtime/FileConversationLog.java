package dev.quipu.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log in a folder of append-only files, for one process.
 *
 * <p>A turn is written and synchronised to the disk before {@link #append} returns; concurrent calls share a
 * synchronisation. Each record has a checksum. Opening reads every record once: an unfinished write at the end is cut
 * off, a damaged record is skipped and reported in {@link #recovery()}, and neither keeps the log from opening. Memory
 * holds the place of each turn, not its text. The files may be read by their owner alone.
 *
 * <p>When a write fails, for example on a full disk, the turns in it fail with {@link LogUnavailableException}, what
 * was stored before stays readable, and the next call tries again.
 */
public final class FileConversationLog implements ConversationLog {
    private static final Logger LOG = LoggerFactory.getLogger(FileConversationLog.class);

    private final LogFolder folder;
    private final FileChannel lock;
    private final ConversationIndex index = new ConversationIndex();
    private final LogRecovery recovery;
    private final LogReader reader;
    private final LogWriter writer;
    private final ExecutorService thread;
    private final int maxRecordBytes;

    private FileConversationLog(Builder builder) throws IOException {
        folder = new LogFolder(builder.path);
        maxRecordBytes = builder.maxRecordBytes;
        reader = new LogReader(folder, index);
        lock = lock(folder);
        try {
            RecoveryScan scan = new RecoveryScan(folder, index);
            recovery = scan.run();
            LogWriter.Segments segments =
                    builder.segments != null ? builder.segments : number -> folder.append(folder.segment(number));
            writer = new LogWriter(segments, index, builder.maxSegmentBytes, scan.lastSegment(), scan.lastSize());
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("quipu-conversation-log").daemon().factory());
        thread.execute(writer);
        LOG.atInfo()
                .addKeyValue("turns", recovery.turns())
                .addKeyValue("damaged", recovery.damaged().size())
                .addKeyValue("truncatedBytes", recovery.truncatedBytes())
                .log("conversation log open");
    }

    /** A log in a folder, which is created when it does not exist. */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    /** What was found when the log was opened. */
    public LogRecovery recovery() {
        return recovery;
    }

    @Override
    public void append(LoggedTurn turn) {
        byte[] json = encode(turn);
        TurnKey key = new TurnKey(turn.turn().conversation(), turn.turn().sequence());
        CompletableFuture<Void> done = writer.submit(key, json);
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException(
                    "The wait for the disk was interrupted, so it is open whether the turn was stored. Read the"
                            + " conversation again before the next turn.",
                    e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    @Override
    public List<LoggedTurn> read(String conversation, int limit) {
        return reader.read(conversation, limit);
    }

    @Override
    public void close() {
        writer.close();
        thread.close();
        try {
            lock.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("lock of the conversation log not released");
        }
    }

    private byte[] encode(LoggedTurn turn) {
        byte[] json;
        try {
            json = TurnJson.bytes(turn);
        } catch (IOException e) {
            throw new LogException(
                    RuntimeError.LOG_RECORD,
                    "Turn " + turn.turn().sequence() + " has no JSON form: " + e.getMessage()
                            + ". Facts may hold strings, numbers, booleans and lists of them.",
                    e);
        }
        if (json.length > maxRecordBytes) {
            throw new LogException(
                    RuntimeError.LOG_RECORD,
                    "Turn " + turn.turn().sequence() + " has " + json.length + " bytes but a record holds "
                            + maxRecordBytes + ". Raise quipu.runtime.log.max-record-bytes or retrieve fewer facts.",
                    null);
        }
        return json;
    }

    private static RuntimeException rethrown(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause
                ? cause
                : new LogUnavailableException("The writer of the log failed: " + e.getMessage(), e);
    }

    private static FileChannel lock(LogFolder folder) throws IOException {
        FileChannel channel = folder.lockFile();
        FileLock held = null;
        OverlappingFileLockException inThisProcess = null;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            inThisProcess = e;
        }
        if (held == null) {
            channel.close();
            throw new LogException(
                    RuntimeError.LOG_LOCKED,
                    "The folder " + folder.path() + " is in use by "
                            + (inThisProcess == null ? "another process" : "another log of this process")
                            + ". Close that one or choose another folder.",
                    inThisProcess);
        }
        return channel;
    }

    /** Where a log lies and how large its pieces are. */
    public static final class Builder {
        private final Path path;
        private long maxSegmentBytes = 64L << 20;
        private int maxRecordBytes = 4 << 20;
        private LogWriter.@Nullable Segments segments;

        private Builder(Path path) {
            this.path = path;
        }

        /** A file is followed by a new one before it grows above this, {@code quipu.runtime.log.max-segment-bytes}. */
        public Builder maxSegmentBytes(long value) {
            maxSegmentBytes = value;
            return this;
        }

        /** A larger turn is refused, {@code quipu.runtime.log.max-record-bytes}. */
        public Builder maxRecordBytes(int value) {
            maxRecordBytes = value;
            return this;
        }

        /** Lets tests make the disk fail. */
        Builder segments(LogWriter.Segments value) {
            segments = value;
            return this;
        }

        /**
         * Opens the log and reads what it holds.
         *
         * @throws LogException if another log uses the folder, or the folder cannot be read or created
         */
        public FileConversationLog open() {
            try {
                return new FileConversationLog(this);
            } catch (IOException e) {
                throw new LogException(
                        RuntimeError.LOG_READ,
                        "The folder " + path + " cannot be opened: " + e.getMessage()
                                + ". Check that it is a folder that this user may write.",
                        e);
            }
        }
    }
}
