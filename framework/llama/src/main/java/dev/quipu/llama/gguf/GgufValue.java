package dev.quipu.llama.gguf;

import java.util.List;

/** A value of a file's metadata. */
public sealed interface GgufValue {
    /** A whole number; a {@code UINT64} beyond the range of {@code long} appears as negative. */
    record Whole(ValueType type, long number) implements GgufValue {}

    /** A number with a fraction. */
    record Real(ValueType type, double number) implements GgufValue {}

    /** True or false. */
    record Truth(boolean holds) implements GgufValue {}

    /** A text; bytes that are no UTF-8 are replaced. */
    record Text(String text) implements GgufValue {}

    /** A text too long to be kept: where its bytes lie in the file. */
    record LongText(long position, long length) implements GgufValue {}

    /**
     * An array: where its elements lie in the file. They are not kept, for a vocabulary may have millions.
     *
     * @param type of the elements
     * @param count of the elements, all of which are inside of the file
     * @param position of the first element's first byte
     * @param length in bytes
     * @param values the elements of a short array of numbers; empty for any other
     */
    record Array(ValueType type, long count, long position, long length, List<GgufValue> values) implements GgufValue {
        public Array {
            values = List.copyOf(values);
        }
    }
}
