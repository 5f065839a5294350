package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GgufFileTest {
    @Test
    void readsEveryTypeOfValue() throws IOException {
        GgufBytes bytes = new GgufBytes()
                .put("a.u8", ValueType.UINT8, 255)
                .put("a.i8", ValueType.INT8, -1)
                .put("a.u16", ValueType.UINT16, 65_535)
                .put("a.i16", ValueType.INT16, -2)
                .put("a.u32", ValueType.UINT32, 0xFFFF_FFFFL)
                .put("a.i32", ValueType.INT32, -3)
                .put("a.u64", ValueType.UINT64, Long.MAX_VALUE)
                .put("a.i64", ValueType.INT64, Long.MIN_VALUE)
                .put("a.f32", ValueType.FLOAT32, 0.5f)
                .put("a.f64", ValueType.FLOAT64, 0.25)
                .put("a.bool", ValueType.BOOL, true)
                .put("a.text", "h\u00e9");

        GgufFile file = read(bytes.build());

        assertThat(file.metadata())
                .containsExactly(
                        Map.entry("a.u8", new GgufValue.Whole(ValueType.UINT8, 255)),
                        Map.entry("a.i8", new GgufValue.Whole(ValueType.INT8, -1)),
                        Map.entry("a.u16", new GgufValue.Whole(ValueType.UINT16, 65_535)),
                        Map.entry("a.i16", new GgufValue.Whole(ValueType.INT16, -2)),
                        Map.entry("a.u32", new GgufValue.Whole(ValueType.UINT32, 0xFFFF_FFFFL)),
                        Map.entry("a.i32", new GgufValue.Whole(ValueType.INT32, -3)),
                        Map.entry("a.u64", new GgufValue.Whole(ValueType.UINT64, Long.MAX_VALUE)),
                        Map.entry("a.i64", new GgufValue.Whole(ValueType.INT64, Long.MIN_VALUE)),
                        Map.entry("a.f32", new GgufValue.Real(ValueType.FLOAT32, 0.5)),
                        Map.entry("a.f64", new GgufValue.Real(ValueType.FLOAT64, 0.25)),
                        Map.entry("a.bool", new GgufValue.Truth(true)),
                        Map.entry("a.text", new GgufValue.Text("h\u00e9")));
    }

    @Test
    void keepsShortArraysOfNumbersAndLocatesTheOthers() throws IOException {
        GgufBytes bytes = new GgufBytes()
                .putArray("short", ValueType.INT32, List.of(3, 4))
                .putArray("texts", ValueType.STRING, List.of("ab".getBytes(StandardCharsets.US_ASCII)))
                .putArray(
                        "nested",
                        ValueType.ARRAY,
                        List.of(new GgufBytes.Typed(ValueType.ARRAY, ValueType.UINT8, List.of(1, 2, 3))));
        byte[] built = bytes.build();

        GgufFile file = read(built);

        assertThat(file.array("short").orElseThrow().values())
                .containsExactly(new GgufValue.Whole(ValueType.INT32, 3), new GgufValue.Whole(ValueType.INT32, 4));
        GgufValue.Array texts = file.array("texts").orElseThrow();
        assertThat(new String(built, (int) texts.position() + 8, 2, StandardCharsets.US_ASCII))
                .isEqualTo("ab");
        assertThat(texts.length()).isEqualTo(8 + 2);
        assertThat(file.array("nested").orElseThrow().length()).isEqualTo(4 + 8 + 3);
    }

    @Test
    void readsTensorsAndWhereTheyLie() throws IOException {
        GgufBytes bytes = new GgufBytes()
                .tensor("first", TensorType.F32, new byte[24], 2L, 3L)
                .tensor("second", TensorType.Q4_0, new byte[36], 64L);

        GgufFile file = read(bytes.build());

        assertThat(file.tensors())
                .containsExactly(
                        new GgufTensor("first", List.of(2L, 3L), TensorType.F32, 6, 0, 24),
                        new GgufTensor("second", List.of(64L), TensorType.Q4_0, 64, 32, 36));
        assertThat(file.dataOffset()).isEqualTo((bytes.header().length + 31) / 32 * 32L);
        assertThat(file.tensor("second").orElseThrow().dimension(1)).isEqualTo(1);
    }

    @Test
    void readsVersionTwo() throws IOException {
        GgufBytes bytes = new GgufBytes().put("a", 1);
        bytes.version = 2;

        assertThat(read(bytes.build()).version()).isEqualTo(2);
    }

    @Test
    void takesTheAlignmentOfTheFile() throws IOException {
        GgufBytes bytes = new GgufBytes().put("general.alignment", 64);

        assertThat(read(bytes.build()).alignment()).isEqualTo(64);
    }

    @Test
    void replacesBytesOfATextThatAreNoUtf8() throws IOException {
        GgufBytes bytes = new GgufBytes().put("general.name", ValueType.STRING, new byte[] {'a', (byte) 0xFF});

        assertThat(read(bytes.build()).text("general.name")).contains("a\ufffd");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> GgufFile.read(Path.of("no", "such.gguf")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(GgufError.UNREADABLE));
    }

    private static GgufFile read(byte[] bytes) throws IOException {
        return GgufFile.read(new ByteChannel(bytes));
    }
}
