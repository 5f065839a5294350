package dev.quipu.llama.gguf;

import java.util.Optional;

/** The types of metadata values. */
public enum ValueType {
    UINT8(0, 1),
    INT8(1, 1),
    UINT16(2, 2),
    INT16(3, 2),
    UINT32(4, 4),
    INT32(5, 4),
    FLOAT32(6, 4),
    BOOL(7, 1),
    STRING(8, 0),
    ARRAY(9, 0),
    UINT64(10, 8),
    INT64(11, 8),
    FLOAT64(12, 8);

    /** The least that a text or an array takes: its length. */
    private static final int LENGTH_BYTES = 8;

    private final int id;
    private final int bytes;

    ValueType(int id, int bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    /** The number that stands for it in a file. */
    public int id() {
        return id;
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
        for (ValueType type : values()) {
            if (type.id == id) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
