package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterCheckTest {
    private static final String QUERY = "blk.0.attn_q.weight";

    @TempDir
    Path folder;

    private GgufFile base;

    @BeforeEach
    void makeTheModel() throws IOException {
        base = GgufFile.read(new ByteChannel(TinyModel.of("llama", false).build()));
    }

    private GgufFile check(Consumer<GgufBytes> change) throws IOException {
        GgufBytes bytes = LoraBytes.bytes(base, 1, List.of(QUERY));
        change.accept(bytes);
        return AdapterCheck.require(Files.write(folder.resolve("adapter.gguf"), bytes.build()), base);
    }

    private void refuses(String reason, Consumer<GgufBytes> change) {
        assertThatThrownBy(() -> check(change))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("QP-GGUF-011")
                .hasMessageContaining(reason);
    }

    private static void resize(GgufBytes bytes, String name, long rowLength, long rows) {
        bytes.tensors.removeIf(t -> t.name().equals(name));
        bytes.tensor(name, TensorType.F32, new byte[(int) (4 * rowLength * rows)], rowLength, rows);
    }

    @Test
    void takesAnAdapterForTheModel() throws IOException {
        assertThat(check(bytes -> {}).tensors()).hasSize(2);
    }

    @Test
    void refusesAModel() {
        refuses("general.type", bytes -> bytes.put("general.type", "model"));
    }

    @Test
    void refusesAnotherKindOfAdapter() {
        refuses("adapter.type", bytes -> bytes.put("adapter.type", "ia3"));
    }

    @Test
    void refusesKeysOfATypeThatNativeCodeDoesNotExpect() {
        refuses("adapter.type", bytes -> bytes.put("adapter.type", 7));
        refuses("adapter.lora.alpha", bytes -> bytes.put("adapter.lora.alpha", 7));
        refuses("adapter.lora.alpha", bytes -> bytes.put("adapter.lora.alpha", ValueType.FLOAT32, Float.NaN));
        refuses("adapter.lora.alpha", bytes -> bytes.metadata.remove("adapter.lora.alpha"));
    }

    @Test
    void refusesAnotherArchitecture() {
        refuses("general.architecture", bytes -> bytes.put("general.architecture", "qwen2"));
    }

    @Test
    void refusesAPairWithoutItsOtherHalf() {
        refuses("no other half", bytes -> bytes.tensors.removeLast());
        refuses("no other half", bytes -> bytes.tensors.removeFirst());
    }

    @Test
    void refusesTensorsThatWouldBeLeftOut() {
        refuses("neither half", bytes -> bytes.tensor("blk.0.attn_norm.weight", TensorType.F32, new byte[4], 1L));
        refuses("no tensors", bytes -> bytes.tensors.clear());
    }

    @Test
    void refusesAWeightThatTheModelDoesNotHave() {
        refuses("blk.99.attn_q.weight", bytes -> {
            bytes.tensors.clear();
            resize(bytes, "blk.99.attn_q.weight.lora_a", 64, 4);
            resize(bytes, "blk.99.attn_q.weight.lora_b", 4, 64);
        });
    }

    @Test
    void refusesSizesThatDoNotMatch() {
        GgufTensor query = base.tensor(QUERY).orElseThrow();
        refuses("another model", bytes -> resize(bytes, QUERY + ".lora_a", query.dimension(0) + 32, 4));
        refuses("another model", bytes -> resize(bytes, QUERY + ".lora_b", 4, query.dimension(1) + 32));
        refuses("another model", bytes -> resize(bytes, QUERY + ".lora_b", 8, query.dimension(1)));
    }

    @Test
    void refusesAnEmbeddingThatMakesTheScoresToo() {
        GgufTensor embedding = base.tensor("token_embd.weight").orElseThrow();
        refuses("also makes this model's scores", bytes -> {
            resize(bytes, "token_embd.weight.lora_a", 4, embedding.dimension(1));
            resize(bytes, "token_embd.weight.lora_b", 4, embedding.dimension(0));
        });
    }

    @Test
    void refusesWhatIsNoMatrix() {
        refuses("another model", bytes -> {
            resize(
                    bytes,
                    "output_norm.weight.lora_a",
                    base.tensor("output_norm.weight").orElseThrow().dimension(0),
                    1);
            resize(bytes, "output_norm.weight.lora_b", 1, 1);
        });
    }
}
