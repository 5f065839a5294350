package dev.quipu.training.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file that is written from beginning to end, then read anywhere, without its bytes on the heap. */
final class WorkingFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final OutputStream out;
    private final Arena arena = Arena.ofShared();
    private @Nullable MemorySegment mapped;

    /** @throws DataException if it cannot be written */
    WorkingFile(Path file) {
        this.file = file;
        try {
            out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** @throws DataException if the disk is full, say */
    void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** All that was written; nothing can be written after the first call. */
    MemorySegment segment() {
        if (mapped == null) {
            try {
                out.close();
                try (FileChannel channel = FileChannel.open(file)) {
                    mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
                }
            } catch (IOException e) {
                throw unusable(e);
            }
        }
        return Objects.requireNonNull(mapped);
    }

    private DataException unusable(IOException e) {
        return new DataException(
                DataError.OUTPUT,
                "The working file " + file + " cannot be used: " + e + ". It takes some 150 bytes a row and the rows"
                        + " once more.",
                e);
    }

    @Override
    public void close() {
        arena.close();
        try {
            out.close();
        } catch (IOException e) {
            throw unusable(e);
        }
    }
}
