package dev.quipu.llama.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The header of a GGUF file: what the model says of itself, and where its tensors lie.
 *
 * <p>The format is GGUF 2 and 3, little-endian. A file is untrusted: whatever its bytes say, reading keeps less than 64 MB
 * and ends with a header or a {@link GgufException} that names the place. Tensors are not read.
 *
 * @param size of the file in bytes
 * @param alignment of the tensors' offsets
 * @param keysOffset where the metadata begin
 * @param listOffset where the list of tensors begins, which is where the metadata end
 * @param dataOffset from which these offsets count
 */
public record GgufFile(
        int version,
        long size,
        Map<String, GgufValue> metadata,
        List<GgufTensor> tensors,
        long alignment,
        long keysOffset,
        long listOffset,
        long dataOffset) {
    private static final int MAGIC = 'G' | 'G' << 8 | 'U' << 16 | 'F' << 24;
    private static final long DEFAULT_ALIGNMENT = 32;

    public GgufFile {
        metadata = Collections.unmodifiableMap(metadata);
        tensors = List.copyOf(tensors);
    }

    /** @throws GgufException if it is not a whole, sound GGUF file */
    public static GgufFile read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel);
        } catch (IOException e) {
            throw new GgufException(GgufError.UNREADABLE, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    static GgufFile read(SeekableByteChannel channel) throws IOException {
        HeaderReader in = new HeaderReader(channel);
        int version = version(in);
        long tensorCount = in.readLong("the number of tensors");
        long keyCount = in.readLong("the number of keys");
        Allowance allowance = new Allowance();
        long keysOffset = in.position();
        Map<String, GgufValue> metadata = new MetadataReader(in, allowance).read(keyCount);
        long listOffset = in.position();
        long alignment = alignment(in, metadata);
        TensorReader tensorReader = new TensorReader(in, allowance, alignment);
        List<GgufTensor> tensors = tensorReader.read(tensorCount);
        long dataOffset = (in.position() + alignment - 1) / alignment * alignment;
        tensorReader.requirePlaces(tensors, dataOffset);
        return new GgufFile(version, in.size(), metadata, tensors, alignment, keysOffset, listOffset, dataOffset);
    }

    private static int version(HeaderReader in) throws IOException {
        if (in.size() < Integer.BYTES || in.readInt("the magic number") != MAGIC) {
            throw new GgufException(GgufError.NOT_GGUF, "The file does not begin with the letters GGUF.");
        }
        int version = in.readInt("the version");
        if (version == 2 || version == 3) {
            return version;
        }
        int reversed = Integer.reverseBytes(version);
        throw new GgufException(
                GgufError.VERSION,
                reversed >= 1 && reversed <= 3
                        ? "The file is big-endian."
                        : "The file has version " + Integer.toUnsignedString(version) + ", but 2 and 3 are known.");
    }

    private static long alignment(HeaderReader in, Map<String, GgufValue> metadata) {
        GgufValue value =
                metadata.getOrDefault("general.alignment", new GgufValue.Whole(ValueType.UINT32, DEFAULT_ALIGNMENT));
        if (value instanceof GgufValue.Whole whole
                && whole.type() == ValueType.UINT32
                && Long.bitCount(whole.number()) == 1) {
            return whole.number();
        }
        throw in.malformed("general.alignment is " + value + ", but has to be a UINT32 that is a power of two");
    }

    /** A text of the metadata; empty when there is none of that name. */
    public Optional<String> text(String key) {
        return metadata.get(key) instanceof GgufValue.Text value ? Optional.of(value.text()) : Optional.empty();
    }

    /** A whole number of the metadata; empty when there is none of that name. */
    public OptionalLong number(String key) {
        return metadata.get(key) instanceof GgufValue.Whole whole
                ? OptionalLong.of(whole.number())
                : OptionalLong.empty();
    }

    /** An array of the metadata; empty when there is none of that name. */
    public Optional<GgufValue.Array> array(String key) {
        return metadata.get(key) instanceof GgufValue.Array array ? Optional.of(array) : Optional.empty();
    }

    public Optional<GgufTensor> tensor(String name) {
        return tensors.stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
