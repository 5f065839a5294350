package dev.quipu.llama.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the tensors' entries and checks that their data lies in the file, each at a place of its own. */
final class TensorReader {
    /** llama.cpp keeps names in arrays of 64 bytes with a zero at the end. */
    private static final int NAME_BYTES = 63;

    private static final int DIMENSIONS = 4;
    /** What an entry costs in memory beside its name. */
    private static final int ENTRY_BYTES = 300;
    /** The shortest entry: a name of one character and one dimension. */
    private static final int LEAST_ENTRY_BYTES = 8 + 1 + 4 + 8 + 4 + 8;

    private final HeaderReader in;
    private final Allowance allowance;
    private final long alignment;

    TensorReader(HeaderReader in, Allowance allowance, long alignment) {
        this.in = in;
        this.allowance = allowance;
        this.alignment = alignment;
    }

    List<GgufTensor> read(long count) throws IOException {
        in.require(count, LEAST_ENTRY_BYTES, "tensors");
        if (count > Allowance.TENSORS) {
            throw in.tooLarge("the header has " + count + " tensors, more than " + Allowance.TENSORS);
        }
        MetadataReader names = new MetadataReader(in, allowance);
        Set<String> seen = new HashSet<>();
        List<GgufTensor> tensors = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            String name = names.name("the name of tensor " + i, NAME_BYTES);
            allowance.take(in, ENTRY_BYTES + 2L * name.length());
            if (!seen.add(name)) {
                throw in.malformed("the tensor " + name + " occurs twice");
            }
            tensors.add(entry(name));
        }
        return tensors;
    }

    private GgufTensor entry(String name) throws IOException {
        int count = in.readInt("the dimensions of " + name);
        if (count < 1 || count > DIMENSIONS) {
            throw in.malformed("the tensor " + name + " has " + Integer.toUnsignedString(count)
                    + " dimensions, but has to have 1 to " + DIMENSIONS);
        }
        List<Long> dimensions = new ArrayList<>(count);
        long elements = 1;
        for (int i = 0; i < count; i++) {
            long dimension = in.readLong("dimension " + i + " of " + name);
            if (dimension < 1 || dimension > Long.MAX_VALUE / 2 / elements) {
                throw in.malformed("dimension " + i + " of the tensor " + name + " is "
                        + Long.toUnsignedString(dimension) + " after " + dimensions);
            }
            elements *= dimension;
            dimensions.add(dimension);
        }
        int id = in.readInt("the type of " + name);
        TensorType type =
                TensorType.of(id).orElseThrow(() -> in.malformed("the tensor " + name + " has the unknown type " + id));
        if (dimensions.getFirst() % type.blockSize() != 0) {
            throw in.malformed("a row of the tensor " + name + " has " + dimensions.getFirst()
                    + " numbers, which is no multiple of the " + type.blockSize() + " in a block of " + type);
        }
        long blocks = elements / type.blockSize();
        if (blocks > Long.MAX_VALUE / 2 / type.blockBytes()) {
            throw in.malformed("the tensor " + name + " is larger than any file: " + dimensions + " of " + type);
        }
        long offset = in.readLong("the offset of " + name);
        if (offset < 0 || offset % alignment != 0) {
            throw in.malformed("the tensor " + name + " has the offset " + Long.toUnsignedString(offset)
                    + ", which is no multiple of the alignment " + alignment);
        }
        return new GgufTensor(name, dimensions, type, elements, offset, blocks * type.blockBytes());
    }

    /** @throws GgufException if a tensor's data reaches into another's or beyond the end of the file */
    void requirePlaces(List<GgufTensor> tensors, long dataOffset) {
        List<GgufTensor> sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingLong(GgufTensor::offset));
        long room = in.size() - dataOffset;
        long end = 0;
        String before = "";
        for (GgufTensor tensor : sorted) {
            if (tensor.offset() < end) {
                throw in.malformed("the tensor " + tensor.name() + " at offset " + tensor.offset() + " overlaps "
                        + before + ", which ends at " + end);
            }
            if (tensor.offset() > room || tensor.bytes() > room - tensor.offset()) {
                throw new GgufException(
                        GgufError.TRUNCATED,
                        "The tensor " + tensor.name() + " takes " + tensor.bytes() + " bytes from offset "
                                + tensor.offset() + ", but the file has only " + Math.max(0, room)
                                + " bytes of data.");
            }
            end = tensor.offset() + tensor.bytes();
            before = tensor.name();
        }
    }
}
