package dev.quipu.llama.gguf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The texts of a vocabulary in one array of bytes, with an index by text.
 *
 * <p>Texts are those that llama.cpp sees: cut at the first zero byte, and with a stand-in for an empty one. The index is a
 * hash table with linear probing. A file could be made so that all its tokens meet in one place of it, so the length of a
 * search is bounded.
 */
final class TokenTable {
    private static final int LONGEST_SEARCH = 1 << 9;

    private final byte[] text;
    private final int[] start;
    private final int[] slots;
    private final int[] hashes;

    private TokenTable(byte[] text, int[] start) {
        this.text = text;
        this.start = start;
        this.hashes = new int[start.length - 1];
        this.slots = new int[Math.max(16, Integer.highestOneBit(start.length) * 4)];
    }

    /** Reads a vocabulary and indexes it; its bytes have been found to lie in the file. */
    static TokenTable read(HeaderReader in, GgufValue.Array tokens) throws IOException {
        long textBytes = tokens.length() - 8 * tokens.count();
        if (tokens.count() > Allowance.TOKENS || textBytes > Allowance.TOKEN_BYTES) {
            throw new GgufException(
                    GgufError.TOO_LARGE,
                    "The vocabulary has " + tokens.count() + " tokens of " + textBytes + " bytes, more than "
                            + Allowance.TOKENS + " or " + Allowance.TOKEN_BYTES + " bytes.");
        }
        int count = (int) tokens.count();
        // Stand-ins of empty tokens are longer than what the file has for them.
        ByteStore store = new ByteStore((int) textBytes);
        int[] start = new int[count + 1];
        in.moveTo(tokens.position());
        for (int i = 0; i < count; i++) {
            start[i] = store.size();
            byte[] token = in.readBytes((int) in.readLong("a token"), "a token");
            int length = lengthInC(token);
            if (length == 0) {
                byte[] standIn = ("[EMPTY_" + i + "]").getBytes(StandardCharsets.US_ASCII);
                store.add(standIn, standIn.length);
            } else {
                store.add(token, length);
            }
        }
        start[count] = store.size();
        return new TokenTable(store.bytes(), start);
    }

    private static int lengthInC(byte[] token) {
        for (int i = 0; i < token.length; i++) {
            if (token[i] == 0) {
                return i;
            }
        }
        return token.length;
    }

    int count() {
        return hashes.length;
    }

    String token(int index) {
        return new String(text, start[index], start[index + 1] - start[index], StandardCharsets.UTF_8);
    }

    /** @throws GgufException if two tokens have the same text, or the file was made to make the search slow */
    void requireDistinct() {
        for (int i = 0; i < count(); i++) {
            hashes[i] = hash(text, start[i], start[i + 1]);
            int slot = search(text, start[i], start[i + 1], hashes[i]);
            if (slots[slot] != 0) {
                throw new GgufException(
                        GgufError.VOCABULARY,
                        "The tokens " + (slots[slot] - 1) + " and " + i + " have the same text '" + token(i) + "'.");
            }
            slots[slot] = i + 1;
        }
    }

    /** The token with a text, after {@link #requireDistinct}. */
    OptionalInt indexOf(byte[] token) {
        int slot = search(token, 0, token.length, hash(token, 0, token.length));
        return slots[slot] == 0 ? OptionalInt.empty() : OptionalInt.of(slots[slot] - 1);
    }

    private int search(byte[] bytes, int from, int to, int hash) {
        int mask = slots.length - 1;
        for (int step = 0; step < LONGEST_SEARCH; step++) {
            int slot = (hash + step) & mask;
            int found = slots[slot] - 1;
            if (found < 0
                    || (hashes[found] == hash
                            && Arrays.equals(text, start[found], start[found + 1], bytes, from, to))) {
                return slot;
            }
        }
        throw new GgufException(
                GgufError.VOCABULARY, "More than " + LONGEST_SEARCH + " tokens share a hash, which is no accident.");
    }

    /** FNV-1a with the finishing of MurmurHash3, so that near texts lie far apart. */
    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0x811c9dc5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x01000193;
        }
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }

    /** Bytes that grow little over the expected size. */
    private static final class ByteStore {
        private byte[] bytes;
        private int size;

        ByteStore(int expected) {
            bytes = new byte[expected];
        }

        void add(byte[] more, int length) {
            if (size + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, size + length + bytes.length / 8 + 64);
            }
            System.arraycopy(more, 0, bytes, size, length);
            size += length;
        }

        int size() {
            return size;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
