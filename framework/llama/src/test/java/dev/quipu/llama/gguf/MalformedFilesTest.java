package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a header can be wrong has an error that names the place and the numbers. */
class MalformedFilesTest {
    /** Where the first key's length, text and type stand. */
    private static final int KEY = 24;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesBytes(String what, byte[] bytes, GgufError error, String message) {
        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> GgufFile.read(new ByteChannel(bytes)))
                .withMessageContaining(message)
                .withMessageEndingWith(error.remedy())
                .satisfies(e -> assertThat(e.code()).isEqualTo(error));
    }

    static Stream<Arguments> refusesBytes() {
        return Stream.of(
                bad("nothing", new byte[0], GgufError.NOT_GGUF, "letters GGUF"),
                bad("a page", "<html></html>".getBytes(StandardCharsets.US_ASCII), GgufError.NOT_GGUF, "letters GGUF"),
                bad(
                        "only the magic",
                        Arrays.copyOf(sound(), 4),
                        GgufError.TRUNCATED,
                        "the version needs 4 bytes, but 0"),
                bad("version 1", ints(4, 1), GgufError.VERSION, "version 1, but 2 and 3"),
                bad("version 4", ints(4, 4), GgufError.VERSION, "version 4, but 2 and 3"),
                bad("big-endian", ints(4, 3 << 24), GgufError.VERSION, "big-endian"),
                bad("more tensors than bytes", longs(8, 1L << 40), GgufError.TRUNCATED, "1099511627776 tensors need"),
                bad("negative tensors", longs(8, -1), GgufError.TRUNCATED, "18446744073709551615 tensors need"),
                bad("more keys than bytes", longs(16, 1L << 40), GgufError.TRUNCATED, "1099511627776 keys need"),
                bad("a key without text", longs(KEY, 0), GgufError.MALFORMED, "At byte 32 of"),
                bad("a long key", longs(KEY, 5000), GgufError.MALFORMED, "key 0 has a length of 5000"),
                bad("a negative length", longs(KEY, -7), GgufError.MALFORMED, "18446744073709551609"),
                bad("a key with a blank", bytes(KEY + 8, ' '), GgufError.MALFORMED, "has the byte 32"),
                bad("an unknown type", ints(KEY + 9, 13), GgufError.MALFORMED, "k has the unknown type 13"),
                bad("a negative type", ints(KEY + 9, -1), GgufError.MALFORMED, "unknown type -1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesFiles(String what, Consumer<GgufBytes> change, GgufError error, String message) {
        GgufBytes bytes = new GgufBytes().tensor("one", TensorType.F32, new byte[32], 8L);

        change.accept(bytes);

        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> GgufFile.read(new ByteChannel(bytes.build())))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.code()).isEqualTo(error));
    }

    static Stream<Arguments> refusesFiles() {
        GgufBytes.Typed deep = new GgufBytes.Typed(ValueType.ARRAY, ValueType.UINT8, List.of(1));
        for (int i = 0; i < Allowance.NESTING; i++) {
            deep = new GgufBytes.Typed(ValueType.ARRAY, ValueType.ARRAY, List.of(deep));
        }
        GgufBytes.Typed nested = deep;
        return Stream.of(
                wrong("nested arrays", b -> b.metadata.put("deep", nested), "nests arrays deeper than 4"),
                wrong(
                        "half a truth",
                        b -> b.put("k", ValueType.UINT8, 7)
                                .metadata
                                .computeIfPresent("k", (k, v) -> new GgufBytes.Typed(ValueType.BOOL, 2)),
                        "k is 2"),
                wrong("alignment 0", b -> b.put("general.alignment", 0), "general.alignment is"),
                wrong("alignment 48", b -> b.put("general.alignment", 48), "power of two"),
                wrong("alignment as text", b -> b.put("general.alignment", "32"), "power of two"),
                wrong("a tensor twice", b -> b.tensors.add(b.tensors.getFirst()), "one occurs twice"),
                wrong("no name", b -> tensor(b, "", 0, 8L), "has a length of 0"),
                wrong("a long name", b -> tensor(b, "n".repeat(64), 0, 8L), "has to have 1 to 63"),
                wrong("no dimension", b -> tensor(b, "t", 0), "has 0 dimensions"),
                wrong("five dimensions", b -> tensor(b, "t", 0, 1L, 1L, 1L, 1L, 1L), "has 5 dimensions"),
                wrong("a zero dimension", b -> tensor(b, "t", 0, 8L, 0L), "dimension 1 of the tensor t is 0 after [8]"),
                wrong("a negative dimension", b -> tensor(b, "t", 0, -8L), "18446744073709551608"),
                wrong("dimensions that overflow", b -> tensor(b, "t", 0, 1L << 32, 1L << 32), "after [4294967296]"),
                wrong("bytes that overflow", b -> tensor(b, "t", 28, 1L << 61), "larger than any file"),
                wrong("an unknown tensor type", b -> tensor(b, "t", 4, 8L), "unknown type 4"),
                wrong("half a block", b -> tensor(b, "t", 2, 48L), "no multiple of the 32 in a block of Q4_0"),
                Arguments.of(
                        "a tensor outside",
                        (Consumer<GgufBytes>) b -> tensor(b, "t", 0, 4096L),
                        GgufError.TRUNCATED,
                        "takes 16384 bytes from offset 32"));
    }

    @Test
    void refusesAKeyThatOccursTwice() {
        byte[] bytes = new GgufBytes().put("k", 1).put("l", 2).build();
        bytes[KEY + 8 + 1 + 4 + 4 + 8] = 'k';

        assertRefused(bytes, GgufError.MALFORMED, "the key k occurs twice");
    }

    @Test
    void refusesOffsetsThatAreNotAlignedOrOverlap() {
        GgufBytes two = new GgufBytes()
                .tensor("a", TensorType.F32, new byte[128], 32L)
                .tensor("b", TensorType.F32, new byte[128], 32L);
        int offset = two.header().length - 8;

        assertRefused(withLong(two.build(), offset, 130), GgufError.MALFORMED, "b has the offset 130");
        assertRefused(
                withLong(two.build(), offset, 96), GgufError.MALFORMED, "b at offset 96 overlaps a, which ends at 128");
        assertRefused(
                withLong(two.build(), offset, Long.MAX_VALUE / 64 * 64), GgufError.TRUNCATED, "b takes 128 bytes");
    }

    @Test
    void refusesAFileThatIsCutOffAtAnyByte() {
        byte[] whole = TinyModel.of("llama", false).build();

        for (int length = 0; length < whole.length; length += length < 2000 ? 1 : 997) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(GgufException.class).isThrownBy(() -> ModelCheck.require(new ByteChannel(cut)));
        }
    }

    private static void assertRefused(byte[] bytes, GgufError error, String message) {
        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> GgufFile.read(new ByteChannel(bytes)))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.code()).isEqualTo(error));
    }

    private static void tensor(GgufBytes bytes, String name, int type, Long... dimensions) {
        bytes.tensors.add(new GgufBytes.Tensor(name, List.of(dimensions), type, new byte[32]));
    }

    private static Arguments bad(String what, byte[] bytes, GgufError error, String message) {
        return Arguments.of(what, bytes, error, message);
    }

    private static Arguments wrong(String what, Consumer<GgufBytes> change, String message) {
        return Arguments.of(what, change, GgufError.MALFORMED, message);
    }

    private static byte[] sound() {
        return new GgufBytes().put("k", 1).build();
    }

    private static byte[] bytes(int at, int value) {
        byte[] bytes = sound();
        bytes[at] = (byte) value;
        return bytes;
    }

    private static byte[] ints(int at, int value) {
        byte[] bytes = sound();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return bytes;
    }

    private static byte[] longs(int at, long value) {
        return withLong(sound(), at, value);
    }

    private static byte[] withLong(byte[] bytes, int at, long value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
        return bytes;
    }
}
