package dev.quipu.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads turns back from the segments of a log.
 *
 * <p>Each call opens the files anew: an interrupted reader closes its file, and must close nobody else's.
 */
final class LogReader {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    private final LogFolder folder;
    private final ConversationIndex index;

    LogReader(LogFolder folder, ConversationIndex index) {
        this.folder = folder;
        this.index = index;
    }

    List<LoggedTurn> read(String conversation, int limit) {
        long[] positions = index.latest(conversation, limit);
        List<LoggedTurn> turns = new ArrayList<>(positions.length);
        try {
            for (int from = 0; from < positions.length; ) {
                from = readSegment(positions, from, turns);
            }
            return turns;
        } catch (IOException e) {
            throw new LogException(
                    RuntimeError.LOG_READ,
                    "A conversation of " + positions.length + " turns in " + folder.path() + " cannot be read: "
                            + e.getMessage() + ". Check the disk and the permissions of the files.",
                    e);
        }
    }

    /** Reads the positions from one on that lie in the same segment; returns the first that does not. */
    private int readSegment(long[] positions, int from, List<LoggedTurn> turns) throws IOException {
        int segment = ConversationIndex.segment(positions[from]);
        int next = from;
        try (FileChannel channel = FileChannel.open(folder.segment(segment), StandardOpenOption.READ)) {
            while (next < positions.length && ConversationIndex.segment(positions[next]) == segment) {
                record(channel, segment, ConversationIndex.offset(positions[next++]))
                        .ifPresent(turns::add);
            }
        }
        return next;
    }

    /** Empty when the record was damaged after the log was opened; it is skipped like one found then. */
    private static Optional<LoggedTurn> record(FileChannel channel, int segment, long offset) throws IOException {
        byte[] header = new byte[RecordFormat.HEADER];
        SegmentScan.readFully(channel, ByteBuffer.wrap(header), offset);
        int length = RecordFormat.length(header, 0);
        if (length >= 0 && offset + RecordFormat.HEADER + length <= channel.size()) {
            ByteBuffer bytes = ByteBuffer.allocate(RecordFormat.HEADER + length).put(header);
            SegmentScan.readFully(channel, bytes, offset + RecordFormat.HEADER);
            if (RecordFormat.intact(bytes.array(), 0, length)) {
                return Optional.of(TurnJson.turn(bytes.array(), RecordFormat.HEADER, length));
            }
        }
        LOG.atWarn()
                .addKeyValue("segment", segment)
                .addKeyValue("offset", offset)
                .log("damaged record skipped");
        return Optional.empty();
    }
}
