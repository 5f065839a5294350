package dev.quipu.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all segments at the start of a log: fills the index, cuts torn tails off, reports damage. */
final class RecoveryScan {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryScan.class);

    private final LogFolder folder;
    private final ConversationIndex index;
    private final List<LogRecovery.Damage> damaged = new ArrayList<>();
    private long turns;
    private long truncated;
    private int lastSegment = 1;
    private long lastSize;

    RecoveryScan(LogFolder folder, ConversationIndex index) {
        this.folder = folder;
        this.index = index;
    }

    LogRecovery run() throws IOException {
        for (Map.Entry<Integer, Path> segment : folder.segments().entrySet()) {
            scan(segment.getKey(), segment.getValue());
        }
        return new LogRecovery(turns, index.size(), truncated, damaged);
    }

    /** The segment to go on with. */
    int lastSegment() {
        return lastSegment;
    }

    /** How many bytes of it are sound. */
    long lastSize() {
        return lastSize;
    }

    private void scan(int number, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = SegmentScan.run(channel, new Sink(number, file));
            long torn = channel.size() - end;
            if (torn > 0) {
                channel.truncate(end);
                channel.force(true);
                truncated += torn;
                LOG.atWarn()
                        .addKeyValue("file", file.getFileName())
                        .addKeyValue("bytes", torn)
                        .log("unfinished write cut off; no acknowledged turn was in it");
            }
            lastSegment = number;
            lastSize = end;
        }
    }

    private final class Sink implements SegmentScan.Sink {
        private final int number;
        private final Path file;

        Sink(int number, Path file) {
            this.number = number;
            this.file = file;
        }

        @Override
        public boolean record(long position, byte[] bytes, int offset, int length) {
            try {
                TurnKey key = TurnJson.key(bytes, offset, length);
                if (index.add(key, ConversationIndex.position(number, position))) {
                    turns++;
                } else {
                    LOG.atWarn()
                            .addKeyValue("file", file.getFileName())
                            .addKeyValue("offset", position)
                            .log("turn older than the one before it; kept in the file, left out of its conversation");
                }
                return true;
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("file", file.getFileName()).setCause(e).log("record holds no turn");
                return false;
            }
        }

        @Override
        public void damage(long position, long length) {
            LogRecovery.Damage last = damaged.isEmpty() ? null : damaged.getLast();
            if (last != null && last.file().equals(file) && last.offset() + last.length() == position) {
                damaged.set(damaged.size() - 1, new LogRecovery.Damage(file, last.offset(), last.length() + length));
                return;
            }
            damaged.add(new LogRecovery.Damage(file, position, length));
            LOG.atWarn()
                    .addKeyValue("file", file.getFileName())
                    .addKeyValue("offset", position)
                    .log("damaged record skipped");
        }
    }
}
