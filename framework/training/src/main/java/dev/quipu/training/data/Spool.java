package dev.quipu.training.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The rows that passed the filters, in a file: written one after the other, then read again by place. A record is where the
 * row was read, a zero byte, the row as JSON, and a line break.
 */
final class Spool implements AutoCloseable {
    private static final byte[] END_OF_PLACE = {0};
    private static final byte[] END_OF_ROW = {'\n'};

    private final WorkingFile file;
    private long size;

    Spool(Path file) {
        this.file = new WorkingFile(file);
    }

    /** Writes a row; returns its place. */
    long add(Row row) {
        byte[] from = row.place().replace('\n', ' ').getBytes(StandardCharsets.UTF_8);
        byte[] json = RowJson.write(row.content()).toString().getBytes(StandardCharsets.UTF_8);
        long place = size;
        file.write(from);
        file.write(END_OF_PLACE);
        file.write(json);
        file.write(END_OF_ROW);
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
        MemorySegment all = file.segment();
        long to = from;
        while (all.get(ValueLayout.JAVA_BYTE, to) != end) {
            to++;
        }
        return all.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public void close() {
        file.close();
    }
}
