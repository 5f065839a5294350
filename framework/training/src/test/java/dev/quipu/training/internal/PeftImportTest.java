package dev.quipu.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.PeftImport;
import dev.quipu.training.TrainingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adapters that PEFT itself made (src/test/peft/make_adapters.py), by the logits that transformers had for them. */
class PeftImportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] TOKENS = {5, 80, 200, 17, 17, 90, 3, 250, 101, 64};
    private static final int VOCABULARY = 288;

    @TempDir
    Path folder;

    private Path peft(String name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(name));
        for (String file : new String[] {"adapter_config.json", "adapter_model.safetensors", "logits.json"}) {
            try (InputStream in =
                    PeftImportTest.class.getResourceAsStream("/dev/quipu/training/peft/" + name + "/" + file)) {
                Files.copy(Objects.requireNonNull(in), copy.resolve(file));
            }
        }
        return copy;
    }

    private static void change(Path peft, String key, String value) throws IOException {
        Path file = peft.resolve("adapter_config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        config.set(key, JSON.readTree(value));
        JSON.writeValue(file.toFile(), config);
    }

    @ParameterizedTest
    @CsvSource({"llama,llama,1e-3", "qwen2-rslora,qwen2,1e-2"})
    void giveLibllamaTheLogitsOfTransformers(String name, String architecture, double bound) throws Throwable {
        Path base = TinyModel.write(folder, architecture, TensorType.F32);
        Path adapter = folder.resolve("adapter.gguf");

        int weights = PeftImport.run(peft(name), base, adapter, false);

        float[] all = new LlamaLogits().of(base, adapter, TOKENS, VOCABULARY);
        float[] last = Arrays.copyOfRange(all, all.length - VOCABULARY, all.length);
        float[] theirs =
                JSON.readValue(folder.resolve(name).resolve("logits.json").toFile(), float[].class);
        assertThat(Difference.greatest(last, theirs)).isLessThan(bound);
        assertThat(weights).isEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use_dora | true",
                "modules_to_save | [\"lm_head\"]",
                "fan_in_fan_out | true",
                "lora_bias | true",
                "bias | \"all\"",
                "peft_type | \"IA3\"",
                "init_lora_weights | \"pissa_niter_4\"",
                "alpha_pattern | {\"(a+)+$\": 3}",
                "lora_alpha | 0",
                "target_parameters | [\"mlp.experts\"]",
            })
    void refusesWhatAnAdapterFileCannotSay(String key, String value) throws IOException {
        Path base = TinyModel.write(folder, "llama", TensorType.F32);
        Path peft = peft("llama");
        change(peft, key, value);

        assertThatThrownBy(() -> PeftImport.run(peft, base, folder.resolve("adapter.gguf"), false))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("QP-TRAIN-008");

        assertThat(folder.resolve("adapter.gguf")).doesNotExist();
    }

    @Test
    void refusesAnAdapterOfAnotherModel() throws IOException {
        Path base = TinyModel.write(folder, "qwen2", TensorType.F32);
        Path peft = peft("llama");
        Path config = peft.resolve("adapter_model.safetensors");
        byte[] bytes = Files.readAllBytes(config);
        String header = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        Files.write(
                config,
                header.replace("layers.1.", "layers.7.").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> PeftImport.run(peft, base, folder.resolve("adapter.gguf"), false))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("blk.7");
    }

    @Test
    void refusesAPickle() throws IOException {
        Path base = TinyModel.write(folder, "llama", TensorType.F32);
        Path peft = peft("llama");
        Files.move(peft.resolve("adapter_model.safetensors"), peft.resolve("adapter_model.bin"));

        assertThatThrownBy(() -> PeftImport.run(peft, base, folder.resolve("adapter.gguf"), false))
                .hasMessageContaining("pickle");
    }
}
