package dev.quipu.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Walks over the lines of a file with their places; a last line without its end does not count. */
final class LineScanner {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).flip();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private String text = "";
    private long position;
    private long offset;
    private int length;
    private long end;

    LineScanner(FileChannel channel) {
        this.channel = channel;
    }

    boolean next() throws IOException {
        line.reset();
        while (buffer.hasRemaining() || fill()) {
            byte b = buffer.get();
            if (b == '\n') {
                text = line.toString(StandardCharsets.UTF_8);
                length = line.size();
                offset = end;
                end += length + 1L;
                return true;
            }
            line.write(b);
        }
        return false;
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int read = channel.read(buffer, position);
        buffer.flip();
        position += Math.max(0, read);
        return read > 0;
    }

    String line() {
        return text;
    }

    /** Where the line starts. */
    long offset() {
        return offset;
    }

    /** Its length in bytes, without its end. */
    int length() {
        return length;
    }

    /** One past the last whole line. */
    long end() {
        return end;
    }
}
