package dev.quipu.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * What a {@link FileConversationLog} holds, for reading alone: nothing is locked or changed, so a process may be writing to
 * the log meanwhile. Turns that it adds later are not seen; an unfinished write at the end and damaged records are skipped.
 */
public final class ConversationArchive {
    private final ConversationIndex index = new ConversationIndex();
    private final LogReader reader;

    private ConversationArchive(LogFolder folder) throws IOException {
        reader = new LogReader(folder, index);
        for (Map.Entry<Integer, Path> segment : folder.segments().entrySet()) {
            try (FileChannel channel = FileChannel.open(segment.getValue(), StandardOpenOption.READ)) {
                SegmentScan.run(channel, new Sink(segment.getKey()));
            }
        }
    }

    /** @throws LogException if the folder is not there or cannot be read */
    public static ConversationArchive open(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                throw new IOException("it is no folder");
            }
            return new ConversationArchive(new LogFolder(folder));
        } catch (IOException e) {
            throw new LogException(
                    RuntimeError.LOG_READ,
                    "The conversations in " + folder + " cannot be read: " + e.getMessage()
                            + ". Name the folder of a conversation log.",
                    e);
        }
    }

    /** The conversations, in the order of their first turns. */
    public List<String> conversations() {
        return index.names();
    }

    /** All turns of a conversation, oldest first; empty when it is unknown. */
    public List<LoggedTurn> read(String conversation) {
        return reader.read(conversation, Integer.MAX_VALUE);
    }

    private final class Sink implements SegmentScan.Sink {
        private final int segment;

        Sink(int segment) {
            this.segment = segment;
        }

        @Override
        public boolean record(long position, byte[] bytes, int offset, int length) {
            try {
                TurnKey key = TurnJson.key(bytes, offset, length);
                index.add(key, ConversationIndex.position(segment, position));
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void damage(long position, long length) {
            // Whoever opens the log for writing reports it.
        }
    }
}
