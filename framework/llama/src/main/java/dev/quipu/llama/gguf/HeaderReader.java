package dev.quipu.llama.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Locale;

/** Reads numbers and bytes in order through a small buffer; what lies behind the end is a typed error. */
final class HeaderReader {
    private static final int BUFFER = 1 << 16;

    private final SeekableByteChannel channel;
    private final long size;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    /** Where the buffer's limit lies in the file. Asking the channel would be a system call for every number. */
    private long end;

    HeaderReader(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        channel.position(0);
    }

    long size() {
        return size;
    }

    long position() {
        return end - buffer.remaining();
    }

    /** @throws GgufException unless so many bytes are left */
    void require(long bytes, String what) {
        long left = size - position();
        if (bytes < 0 || bytes > left) {
            throw truncated(what + " needs " + Long.toUnsignedString(bytes) + " bytes, but " + left + " are left");
        }
    }

    /** @throws GgufException unless so many elements of at least so many bytes are left */
    void require(long count, int leastBytes, String what) {
        long left = size - position();
        if (count < 0 || count > left / leastBytes) {
            throw truncated(Long.toUnsignedString(count) + " " + what + " need at least " + leastBytes
                    + " bytes each, but " + left + " bytes are left");
        }
    }

    int readByte(String what) throws IOException {
        return fill(1, what).get();
    }

    short readShort(String what) throws IOException {
        return fill(2, what).getShort();
    }

    int readInt(String what) throws IOException {
        return fill(4, what).getInt();
    }

    long readLong(String what) throws IOException {
        return fill(8, what).getLong();
    }

    byte[] readBytes(int count, String what) throws IOException {
        require(count, what);
        byte[] bytes = new byte[count];
        for (int done = 0; done < count; ) {
            int piece = Math.min(count - done, BUFFER);
            fill(piece, what).get(bytes, done, piece);
            done += piece;
        }
        return bytes;
    }

    void skip(long bytes, String what) throws IOException {
        require(bytes, what);
        moveTo(position() + bytes);
    }

    void moveTo(long position) throws IOException {
        long first = end - buffer.limit();
        if (position >= first && position <= end) {
            buffer.position((int) (position - first));
        } else {
            buffer.position(0).limit(0);
            channel.position(position);
            end = position;
        }
    }

    GgufException malformed(String what) {
        return new GgufException(GgufError.MALFORMED, at() + what + ".");
    }

    GgufException tooLarge(String what) {
        return new GgufException(GgufError.TOO_LARGE, at() + what + ".");
    }

    private GgufException truncated(String what) {
        return new GgufException(GgufError.TRUNCATED, at() + what + ".");
    }

    private String at() {
        return String.format(Locale.ROOT, "At byte %d of %d: ", position(), size);
    }

    private ByteBuffer fill(int count, String what) throws IOException {
        if (buffer.remaining() < count) {
            require(count, what);
            buffer.compact();
            while (buffer.position() < count) {
                int read = channel.read(buffer);
                if (read < 0) {
                    buffer.flip();
                    throw truncated(what + " is cut off, the file became shorter while it was read");
                }
                end += read;
            }
            buffer.flip();
        }
        return buffer;
    }
}
