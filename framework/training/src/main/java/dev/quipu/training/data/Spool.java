package dev.quipu.training.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows that passed the filters, in a file: written one after the other, then read again by place. A record is where the
 * row was read, a zero byte, the row as JSON, and a line break.
 */
final class Spool implements AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private final Arena arena = Arena.ofShared();
    private @Nullable MemorySegment mapped;
    private long size;

    Spool(Path file) {
        this.file = file;
        try {
            out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Writes a row; returns its place. */
    long add(Row row) {
        byte[] from = row.place().replace('\n', ' ').getBytes(StandardCharsets.UTF_8);
        byte[] json = RowJson.write(row.content()).toString().getBytes(StandardCharsets.UTF_8);
        long place = size;
        try {
            out.write(from);
            out.write(0);
            out.write(json);
            out.write('\n');
        } catch (IOException e) {
            throw unusable(e);
        }
        size += from.length + json.length + 2L;
        return place;
    }

    /** Where the row at a place was read. */
    String origin(long place) {
        return new String(bytes(place, 0), StandardCharsets.UTF_8);
    }

    /** The JSON of the row at a place. */
    byte[] json(long place) {
        return bytes(place + bytes(place, 0).length + 1, '\n');
    }

    /** The text of the row at a place. */
    String text(long place) {
        return content(place).text();
    }

    /** What there is to learn in the row at a place. */
    Content content(long place) {
        String json = new String(json(place), StandardCharsets.UTF_8);
        return RowJson.read(RowJson.parse(json, "the working file"), "the working file")
                .orElseThrow();
    }

    private byte[] bytes(long from, int end) {
        MemorySegment all = segment();
        long to = from;
        while (all.get(ValueLayout.JAVA_BYTE, to) != end) {
            to++;
        }
        return all.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
    }

    private MemorySegment segment() {
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
        return new DataException(DataError.OUTPUT, "The working file " + file + " cannot be used: " + e + ".", e);
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
