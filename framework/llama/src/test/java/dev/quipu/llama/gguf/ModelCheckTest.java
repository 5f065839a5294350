package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What would end the process in llama.cpp is refused before. */
class ModelCheckTest {
    private static final String TOKENS = "tokenizer.ggml.tokens";

    @ParameterizedTest
    @CsvSource({"llama,false", "llama,true", "qwen2,true", "qwen3,true", "gemma3,false"})
    void acceptsSoundModels(String architecture, boolean bytePairs) throws IOException {
        GgufFile file = ModelCheck.require(
                new ByteChannel(TinyModel.of(architecture, bytePairs).build()));

        assertThat(file.text("general.architecture")).contains(architecture);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses(String what, GgufError error, String message, Consumer<GgufBytes> change) {
        GgufBytes model = TinyModel.of("llama", false);

        change.accept(model);

        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> ModelCheck.require(new ByteChannel(model.build())))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.code()).isEqualTo(error));
    }

    static Stream<Arguments> refuses() {
        return Stream.of(
                vocabulary(
                        "two equal tokens",
                        "The tokens 260 and 261 have the same text 'll'",
                        m -> token(m, 261, "ll"),
                        260),
                vocabulary(
                        "tokens equal up to a zero",
                        "260 and 261 have the same text 'll'",
                        m -> token(m, 261, "ll\u0000x"),
                        260),
                vocabulary(
                        "a stand-in",
                        "260 and 262 have the same text '[EMPTY_260]'",
                        m -> {
                            token(m, 260, "");
                            token(m, 262, "[EMPTY_260]");
                        },
                        0),
                vocabulary("no token", "is empty", m -> m.array(TOKENS).clear(), 0),
                vocabulary(
                        "tokens of numbers",
                        "no array of texts",
                        m -> m.putArray(TOKENS, ValueType.INT32, List.of(1)),
                        0),
                vocabulary(
                        "a score too few",
                        "scores has 268 elements for 269",
                        m -> m.array("tokenizer.ggml.scores").removeLast(),
                        0),
                vocabulary(
                        "a type too few",
                        "token_type has 268 elements",
                        m -> m.array("tokenizer.ggml.token_type").removeLast(),
                        0),
                vocabulary("an end outside", "eos_token_id is 269", m -> m.put("tokenizer.ggml.eos_token_id", 269), 0),
                vocabulary("a missing byte", "no token for the byte 0x41", m -> token(m, 3 + 0x41, "<0xZZ>"), 0),
                vocabulary(
                        "word pieces that stand for bytes",
                        "Token 3 stands for a byte",
                        m -> m.put("tokenizer.ggml.model", "bert").put("tokenizer.ggml.seperator_token_id", 2),
                        0),
                unsupported("another tokeniser", "The tokeniser is 'rwkv'", m -> m.put("tokenizer.ggml.model", "rwkv")),
                unsupported("no tokeniser", "The tokeniser is ''", m -> m.metadata.remove("tokenizer.ggml.model")),
                unsupported("an encoder", "'bert'", m -> m.put("general.architecture", "bert")),
                unsupported("an adapter", "'adapter'", m -> m.put("general.type", "adapter")),
                unsupported("a part", "one of 3 parts", m -> m.put("split.count", ValueType.UINT16, 3)),
                parameter(
                        "no architecture",
                        "general.architecture is missing",
                        m -> m.metadata.remove("general.architecture")),
                parameter("no layer", "llama.block_count is 0", m -> m.put("llama.block_count", 0)),
                parameter("too many layers", "from 1 to 512", m -> m.put("llama.block_count", 513)),
                parameter("no context", "llama.context_length is 0", m -> m.put("llama.context_length", 0)),
                parameter(
                        "a missing width",
                        "embedding_length is missing",
                        m -> m.metadata.remove("llama.embedding_length")),
                parameter(
                        "a negative norm",
                        "has to be from 0 to 1",
                        m -> m.put("llama.attention.layer_norm_rms_epsilon", ValueType.FLOAT32, -1f)),
                parameter(
                        "a norm that is no number",
                        "NaN",
                        m -> m.put("llama.attention.layer_norm_rms_epsilon", ValueType.FLOAT32, Float.NaN)),
                parameter(
                        "no heads",
                        "at least 1",
                        m -> m.put("llama.attention.head_count", 0).put("llama.attention.head_count_kv", 0)),
                parameter(
                        "heads that do not divide",
                        "4 heads, which do not divide among its 3",
                        m -> m.put("llama.attention.head_count_kv", 3)),
                parameter("odd heads", "keys of 7, values of 8", m -> m.put("llama.attention.key_length", 7)),
                parameter("half a rotation", "turns 4 numbers", m -> m.put("llama.rope.dimension_count", 4)),
                parameter("a strange scaling", "'su'", m -> m.put("llama.rope.scaling.type", "su")),
                parameter("experts that rest", "8 experts but uses none", m -> m.put("llama.expert_count", 8)),
                parameter("a strange pooling", "pooling_type is 9", m -> m.put("llama.pooling_type", 9)),
                parameter(
                        "too few layers' numbers",
                        "has 1 numbers for 2 layers",
                        m -> m.putArray("llama.attention.head_count", ValueType.UINT32, List.of(4))),
                parameter(
                        "a window that no layer uses",
                        "uses the window of 16",
                        m -> m.put("llama.attention.sliding_window", 16)
                                .put("llama.attention.sliding_window_pattern", 1)),
                parameter(
                        "a window of layers that are not there",
                        "uses the window of 16",
                        m -> m.put("llama.attention.sliding_window", 16)
                                .putArray(
                                        "llama.attention.sliding_window_pattern",
                                        ValueType.BOOL,
                                        List.of(false, false, true))),
                tensors("no tensors", "no tensors", m -> m.tensors.clear()),
                tensors(
                        "a norm of integers",
                        "blk.0.attn_norm.weight has the type I32",
                        m -> retype(m, "blk.0.attn_norm.weight", TensorType.I32)),
                tensors(
                        "a matrix of integers",
                        "token_embd.weight has the type I32",
                        m -> retype(m, "token_embd.weight", TensorType.I32)),
                tensors(
                        "a shape that is not the heads'",
                        "blk.1.attn_k.weight is [16, 32]",
                        m -> reshape(m, "blk.1.attn_k.weight", 16L, 32L)),
                tensors(
                        "an address between",
                        "no multiple of 32",
                        m -> m.put("general.alignment", 16).put("x", ValueType.STRING, new byte[oddPad(m)])));
    }

    @Test
    void acceptsAModelWithoutABeginningOfText() throws IOException {
        GgufBytes model = TinyModel.of("llama", true);
        model.put("tokenizer.ggml.bos_token_id", ValueType.UINT32, 0xFFFF_FFFFL);

        assertThat(ModelCheck.require(new ByteChannel(model.build())).tensors()).isNotEmpty();
    }

    private static void token(GgufBytes model, int index, String text) {
        model.array(TOKENS).set(index, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void retype(GgufBytes model, String name, TensorType type) {
        model.tensors.replaceAll(
                t -> t.name().equals(name) ? new GgufBytes.Tensor(name, t.dimensions(), type.id(), t.data()) : t);
    }

    private static void reshape(GgufBytes model, String name, Long... dimensions) {
        model.tensors.replaceAll(
                t -> t.name().equals(name) ? new GgufBytes.Tensor(name, List.of(dimensions), t.type(), t.data()) : t);
    }

    /** How long a text has to be for the data to begin 16 bytes off. */
    private static int oddPad(GgufBytes model) {
        int length = model.header().length + 8 + 1 + 4 + 8;
        return Math.floorMod(16 - length, 32);
    }

    private static Arguments vocabulary(String what, String message, Consumer<GgufBytes> change, int twin) {
        return Arguments.of(what, GgufError.VOCABULARY, message, (Consumer<GgufBytes>) m -> {
            if (twin > 0) {
                token(m, twin, "ll");
            }
            change.accept(m);
        });
    }

    private static Arguments unsupported(String what, String message, Consumer<GgufBytes> change) {
        return Arguments.of(what, GgufError.UNSUPPORTED, message, change);
    }

    private static Arguments parameter(String what, String message, Consumer<GgufBytes> change) {
        return Arguments.of(what, GgufError.PARAMETERS, message, change);
    }

    private static Arguments tensors(String what, String message, Consumer<GgufBytes> change) {
        return Arguments.of(what, GgufError.TENSORS, message, change);
    }
}
