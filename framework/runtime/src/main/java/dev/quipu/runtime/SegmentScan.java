package dev.quipu.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Reads a segment from its start and tells records, damage and a torn tail apart.
 *
 * <p>Whatever does not parse up to the next line break is damage; the scan goes on behind it. Bytes behind the last
 * line break that are no whole record are the torn tail: the process died while it wrote them, so nobody was told
 * that they are stored.
 */
final class SegmentScan {
    private static final int WINDOW = 1 << 20;

    private final FileChannel channel;
    private final long size;
    private byte[] window = new byte[WINDOW];
    private long start;
    private int filled;

    private SegmentScan(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** Returns where the torn tail starts, which is the size of the segment when there is none. */
    static long run(FileChannel channel, Sink sink) throws IOException {
        return new SegmentScan(channel).run(sink);
    }

    private long run(Sink sink) throws IOException {
        long position = 0;
        while (position < size) {
            int length = recordAt(position, sink);
            if (length >= 0) {
                position += RecordFormat.HEADER + length + 1L;
                continue;
            }
            long next = behindLineBreak(position);
            if (next < 0) {
                return position;
            }
            sink.damage(position, next - position);
            position = next;
        }
        return size;
    }

    private int recordAt(long position, Sink sink) throws IOException {
        if (size - position <= RecordFormat.HEADER) {
            return -1;
        }
        int length = RecordFormat.length(window, at(position, RecordFormat.HEADER));
        if (length < 0 || size - position < RecordFormat.HEADER + length + 1L) {
            return -1;
        }
        int offset = at(position, RecordFormat.HEADER + length);
        boolean intact = RecordFormat.intact(window, offset, length);
        return intact && sink.record(position, window, offset + RecordFormat.HEADER, length) ? length : -1;
    }

    private long behindLineBreak(long from) throws IOException {
        for (long position = from; position < size; ) {
            int offset = at(position, (int) Math.min(WINDOW, size - position));
            int end = offset + (int) Math.min(WINDOW, size - position);
            for (int i = offset; i < end; i++) {
                if (window[i] == '\n') {
                    return position + (i - offset) + 1;
                }
            }
            position += end - offset;
        }
        return -1;
    }

    /** Makes a range lie in the window; returns where it starts there. */
    private int at(long position, int length) throws IOException {
        if (position < start || position + length > start + filled) {
            if (length > window.length) {
                window = Arrays.copyOf(window, length);
            }
            start = position;
            filled = (int) Math.min(window.length, size - position);
            readFully(channel, ByteBuffer.wrap(window, 0, filled), position);
        }
        return (int) (position - start);
    }

    static void readFully(FileChannel channel, ByteBuffer target, long position) throws IOException {
        for (long at = position; target.hasRemaining(); ) {
            int read = channel.read(target, at);
            if (read < 0) {
                throw new EOFException("the file ends at byte " + at);
            }
            at += read;
        }
    }

    /** What a scan finds. */
    interface Sink {
        /** A record whose checksum holds; returns false to have it treated as damage. */
        boolean record(long position, byte[] bytes, int offset, int length);

        void damage(long position, long length);
    }
}
