package dev.quipu.llama.gguf;

import java.util.Optional;

/** The types of metadata values, in the order of their numbers in a file. */
public enum ValueType {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    STRING(0),
    ARRAY(0),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    /** The least that a text or an array takes: its length. */
    private static final int LENGTH_BYTES = 8;

    private final int bytes;

    ValueType(int bytes) {
        this.bytes = bytes;
    }

    /** Whether all values of this type take the same number of bytes. */
    boolean fixed() {
        return bytes > 0;
    }

    /** The bytes of a value, or the least of them when they differ. */
    int leastBytes() {
        return fixed() ? bytes : LENGTH_BYTES;
    }

    static Optional<ValueType> of(int id) {
        return id >= 0 && id < values().length ? Optional.of(values()[id]) : Optional.empty();
    }
}
