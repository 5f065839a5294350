package dev.quipu.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log in one append-only file: a line a turn, its CRC32C before it.
 *
 * <p>One writer appends what waits and forces it to the disk once for all (group commit) before anybody is told. At the
 * start the file is read through: a torn last line, left by a process that died while it wrote, is cut off; a line whose
 * checksum does not fit is reported and skipped. Memory holds the place of each turn, not the turn. A second process is
 * refused by a file lock. The file is readable by its owner alone.
 */
public final class FileConversationLog implements ConversationLog {
    private static final Logger log = LoggerFactory.getLogger(FileConversationLog.class);
    private static final int CHECKSUM = 9; // eight hexadecimal digits and a space

    /** Opens the file; a seam through which tests let writes fail. */
    interface Opener {
        FileChannel open(Path file) throws IOException;
    }

    private record Place(long offset, int length) {}

    private record Waiting(ByteBuffer line, String conversation, CompletableFuture<Void> stored) {}

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;
    private final Map<String, List<Place>> places = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("quipu-log").daemon().factory());
    private long end;

    private FileConversationLog(Path file, Opener opener) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel = opener.open(file);
            lock = lock();
            restrict();
            recover();
        } catch (IOException e) {
            throw new ConversationException(
                    RuntimeError.LOG_READ, file + " cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    /** Opens or creates the log of a folder. */
    public static FileConversationLog open(Path folder) {
        return open(
                folder,
                f -> FileChannel.open(f, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    static FileConversationLog open(Path folder, Opener opener) {
        return new FileConversationLog(folder.resolve("turns.log"), opener);
    }

    private FileLock lock() throws IOException {
        @Nullable FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new ConversationException(
                    RuntimeError.LOG_LOCKED, "Another process writes " + file + ". Stop it or choose another folder.");
        }
        return held;
    }

    private void restrict() throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Reads the file through, remembers where turns are, and cuts a torn tail. */
    private void recover() throws IOException {
        LineScanner scanner = new LineScanner(channel);
        int corrupt = 0;
        while (scanner.next()) {
            try {
                Turn turn = parse(scanner.line());
                remember(turn.conversation(), new Place(scanner.offset(), scanner.length()));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                corrupt++;
            }
        }
        end = scanner.end();
        if (corrupt > 0) {
            log.atError().addKeyValue("lines", corrupt).log("Skipped lines of the conversation log that are damaged");
        }
        if (channel.size() > end) {
            log.atWarn().addKeyValue("bytes", channel.size() - end).log("Cut the torn tail of the conversation log");
            channel.truncate(end);
        }
    }

    private void remember(String conversation, Place place) {
        places.computeIfAbsent(conversation, c -> new CopyOnWriteArrayList<>()).add(place);
    }

    private static Turn parse(String line) throws JsonProcessingException {
        String json = line.substring(Math.min(CHECKSUM, line.length()));
        if (!line.startsWith(checksum(json.getBytes(StandardCharsets.UTF_8)))) {
            throw new IllegalArgumentException("the checksum does not fit");
        }
        return TurnJson.read(json);
    }

    private static String checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return String.format("%08x ", crc.getValue());
    }

    @Override
    public void append(Turn turn) {
        byte[] json = TurnJson.write(turn).getBytes(StandardCharsets.UTF_8);
        byte[] line =
                (checksum(json) + new String(json, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
        Waiting waiting = new Waiting(ByteBuffer.wrap(line), turn.conversation(), new CompletableFuture<>());
        queue.add(waiting);
        writer.execute(this::writeWaiting);
        try {
            waiting.stored().join();
        } catch (CompletionException e) {
            throw new BusyException(
                    RuntimeError.LOG_WRITE,
                    "The turn could not be stored in " + file + ": " + String.valueOf(e.getMessage())
                            + ". Free disk space and send it again.",
                    Duration.ofSeconds(10),
                    e);
        }
    }

    /** Writes everything that waits and forces it once; nothing of a batch that fails stays in the file. */
    private void writeWaiting() {
        List<Waiting> batch = new ArrayList<>();
        queue.drainTo(batch);
        if (batch.isEmpty()) {
            return;
        }
        long at = end;
        try {
            for (Waiting waiting : batch) {
                ByteBuffer bytes = waiting.line().duplicate();
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            }
            channel.force(false);
        } catch (IOException e) {
            cutBack();
            batch.forEach(w -> w.stored().completeExceptionally(e));
            return;
        }
        for (Waiting waiting : batch) {
            remember(waiting.conversation(), new Place(end, waiting.line().capacity() - 1));
            end += waiting.line().capacity();
            waiting.stored().complete(null);
        }
    }

    private void cutBack() {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            // The next start cuts the tail by its checksum.
            log.atError().log("The tail of the conversation log could not be cut", e);
        }
    }

    @Override
    public List<Turn> turns(String conversation) {
        List<Turn> turns = new ArrayList<>();
        try {
            for (Place place : places.getOrDefault(conversation, List.of())) {
                ByteBuffer bytes = ByteBuffer.allocate(place.length());
                while (bytes.hasRemaining() && channel.read(bytes, place.offset() + bytes.position()) >= 0) {
                    // Reads until the line is whole.
                }
                turns.add(parse(new String(bytes.array(), StandardCharsets.UTF_8)));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ConversationException(
                    RuntimeError.LOG_READ, "A turn cannot be read from " + file + ": " + e.getMessage() + ".", e);
        }
        return turns;
    }

    @Override
    public void close() {
        writer.close();
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new ConversationException(RuntimeError.LOG_WRITE, file + " did not close: " + e.getMessage(), e);
        }
    }
}
