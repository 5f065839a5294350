package dev.quipu.llama.ffm.internal;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The form of a spilled prefix on disk: a head that says for which model and adapters it was computed and of which tokens,
 * llama.cpp's state of the sequence, and a checksum over both.
 */
final class SpillFile {
    private static final int MAGIC = 0x514B5601;
    private static final int IDENTITY = 32;
    private static final int MOST_TOKENS = 1 << 20;
    private static final int LONGEST_KEY = 1 << 16;
    private static final int BLOCK = 1 << 20;

    private SpillFile() {}

    /** The head of a file. */
    @SuppressWarnings("ArrayRecordComponent") // made and read once, never compared
    record Head(byte[] identity, String key, int[] tokens, long stateLength, long stateStart) {}

    /** Writes a whole file or none. */
    static void write(Path file, byte[] identity, String key, int[] tokens, MemorySegment state) throws IOException {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = ByteBuffer.allocate(4 + IDENTITY + 4 + keyBytes.length + 4 + 4 * tokens.length + 8);
        head.putInt(MAGIC).put(identity).putInt(keyBytes.length).put(keyBytes).putInt(tokens.length);
        for (int token : tokens) {
            head.putInt(token);
        }
        head.putLong(state.byteSize()).flip();
        CRC32C sum = new CRC32C();
        Path temporary = Files.createTempFile(file.getParent(), "spill", ".part");
        try {
            try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                sum.update(head.duplicate());
                writeAll(out, head);
                for (long at = 0; at < state.byteSize(); at += BLOCK) {
                    ByteBuffer block = state.asSlice(at, Math.min(BLOCK, state.byteSize() - at))
                            .asByteBuffer();
                    sum.update(block.duplicate());
                    writeAll(out, block);
                }
                writeAll(out, ByteBuffer.allocate(8).putLong(sum.getValue()).flip());
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** @throws IOException if it is no such file */
    static Head head(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            return head(in);
        }
    }

    private static Head head(FileChannel in) throws IOException {
        ByteBuffer start = readFully(in, ByteBuffer.allocate(4 + IDENTITY + 4));
        if (start.getInt() != MAGIC) {
            throw new IOException("it is no spilled prefix of this version");
        }
        byte[] identity = new byte[IDENTITY];
        start.get(identity);
        ByteBuffer key = readFully(in, ByteBuffer.allocate(bounded(start.getInt(), LONGEST_KEY) + 4));
        byte[] keyBytes = new byte[key.remaining() - 4];
        key.get(keyBytes);
        int[] tokens = new int[bounded(key.getInt(), MOST_TOKENS)];
        ByteBuffer rest = readFully(in, ByteBuffer.allocate(4 * tokens.length + 8));
        Arrays.setAll(tokens, i -> rest.getInt());
        long length = rest.getLong();
        if (length != in.size() - in.position() - 8) {
            throw new EOFException("it says that its state has " + length + " bytes, which is not so");
        }
        return new Head(identity, new String(keyBytes, StandardCharsets.UTF_8), tokens, length, in.position());
    }

    /** The state, whole and unharmed. @throws IOException if it is neither */
    static SpilledPrefix read(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            Head head = head(in);
            CRC32C sum = new CRC32C();
            sum.update(readFully(in.position(0), ByteBuffer.allocate(Math.toIntExact(head.stateStart()))));
            // Ends with the request that it is read for, on whichever thread that is.
            MemorySegment state = Arena.ofAuto().allocate(head.stateLength());
            for (long at = 0; at < head.stateLength(); at += BLOCK) {
                sum.update(readFully(
                        in,
                        state.asSlice(at, Math.min(BLOCK, head.stateLength() - at))
                                .asByteBuffer()));
            }
            if (readFully(in, ByteBuffer.allocate(8)).getLong() != sum.getValue()) {
                throw new IOException("its checksum is wrong");
            }
            return new SpilledPrefix(Arrays.stream(head.tokens()).boxed().toList(), state);
        }
    }

    private static int bounded(int value, int most) throws IOException {
        if (value < 0 || value > most) {
            throw new IOException("it has a length of " + value);
        }
        return value;
    }

    private static ByteBuffer readFully(FileChannel in, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (in.read(into) < 0) {
                throw new EOFException("it is cut off");
            }
        }
        return into.flip();
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
