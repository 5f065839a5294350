package dev.quipu.training.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What is known of each text without the text: 144 bytes in a file, none on the heap. Written first, then read by number.
 *
 * <p>A record holds a place (8 bytes), a hash of the text and one of its group (4 bytes each), and the signature (128 bytes).
 * Its lanes are numbers that texts worth comparing have in common.
 */
final class Fingerprints implements AutoCloseable {
    /** Kinds of lanes. */
    enum Lanes {
        /** The whole text. */
        TEXT(1),
        /** The group; 0 for none. */
        GROUP(1),
        /** Runs of eight values of the signature: copies have some in common. */
        WIDE(MinHash.FUNCTIONS / 8),
        /** Runs of four values: texts that are somewhat alike have, too. */
        NARROW(MinHash.FUNCTIONS / 4);

        private final int count;

        Lanes(int count) {
            this.count = count;
        }

        int count() {
            return count;
        }
    }

    private static final int TEXT = Long.BYTES;
    private static final int GROUP = TEXT + Integer.BYTES;
    private static final int SIGNATURE = GROUP + Integer.BYTES;
    private static final int BYTES = SIGNATURE + MinHash.FUNCTIONS;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

    private final WorkingFile file;
    private final MinHash hash = new MinHash();
    private final int[] signature = new int[MinHash.FUNCTIONS];
    private final ByteBuffer record = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int size;

    Fingerprints(Path file) {
        this.file = new WorkingFile(file);
    }

    /**
     * Adds the next text.
     *
     * @param group texts of one group have the same; empty for none
     * @param place where the caller finds it again
     */
    void add(String canonical, String group, long place) {
        hash.sign(Shingles.hashes(canonical), signature);
        record.clear();
        record.putLong(place).putInt(hash(canonical)).putInt(group.isEmpty() ? 0 : hash(group) | 1);
        for (int value : signature) {
            record.put(MinHash.small(value));
        }
        file.write(record.array());
        size = Math.incrementExact(size);
    }

    private static int hash(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    int size() {
        return size;
    }

    long place(int id) {
        return file.segment().get(LONG, (long) id * BYTES);
    }

    int lane(int id, Lanes lanes, int lane) {
        MemorySegment all = file.segment();
        long record = (long) id * BYTES;
        return switch (lanes) {
            case TEXT -> all.get(INT, record + TEXT);
            case GROUP -> all.get(INT, record + GROUP);
            case WIDE -> {
                long run = all.get(LONG, record + SIGNATURE + (long) lane * Long.BYTES) * 0x9E3779B97F4A7C15L;
                yield (int) (run >>> 32);
            }
            case NARROW -> all.get(INT, record + SIGNATURE + (long) lane * Integer.BYTES);
        };
    }

    /** The similarity that the signatures of two speak for. */
    double similarity(int id, int other) {
        MemorySegment all = file.segment();
        long one = (long) id * BYTES + SIGNATURE;
        long two = (long) other * BYTES + SIGNATURE;
        int agreeing = 0;
        for (int i = 0; i < MinHash.FUNCTIONS; i += Long.BYTES) {
            long differing = all.get(LONG, one + i) ^ all.get(LONG, two + i);
            // The high bit of each byte that is zero.
            agreeing += Long.bitCount(~(((differing & LOW_BITS) + LOW_BITS) | differing | LOW_BITS));
        }
        return MinHash.similarity(agreeing);
    }

    @Override
    public void close() {
        file.close();
    }
}
