package dev.quipu.llama.gguf;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file in memory, of which only a beginning has bytes; the rest reads as zeros. */
final class ByteChannel implements SeekableByteChannel {
    private final byte[] bytes;
    private final long size;
    private long position;

    ByteChannel(byte[] bytes) {
        this(bytes, bytes.length);
    }

    ByteChannel(byte[] bytes, long size) {
        this.bytes = bytes;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer target) {
        if (position >= size) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), size - position);
        for (int i = 0; i < count; i++, position++) {
            target.put(position < bytes.length ? bytes[(int) position] : 0);
        }
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long value) {
        position = value;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public SeekableByteChannel truncate(long value) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public void close() {}
}
