package dev.quipu.training;

import dev.quipu.llama.gguf.AdapterCheck;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.ModelCheck;
import dev.quipu.training.internal.PeftAdapter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes an adapter that the engine loads of one that PEFT saved ({@code adapter_config.json} and {@code
 * adapter_model.safetensors}), for a model of the architectures that can be trained here.
 *
 * <p>Taken over are LoRA pairs of the layers' projections and of the output, of any rank each, with alpha, rsLoRA and plain
 * alpha patterns. What changes more than that (DoRA, saved modules, trained biases, tokens or embeddings, beginnings that
 * change the base) is refused. Whether the adapter was trained on this very model, only its shapes can tell.
 */
public final class PeftImport {
    private PeftImport() {}

    /**
     * Takes an adapter over.
     *
     * @param folder that PEFT saved
     * @param base the GGUF model that it is for
     * @param output the adapter's file, which appears when it is whole
     * @param replace whether a file at the output is replaced
     * @return weights that it changes
     * @throws TrainingException if it cannot be taken over
     * @throws dev.quipu.QuipuException if the model's file is not sound
     */
    public static int run(Path folder, Path base, Path output, boolean replace) {
        Path target = output.toAbsolutePath().normalize();
        if (Files.exists(target) && !replace) {
            throw new TrainingException(
                    TrainingError.OUTPUT,
                    target + " is there already. Choose another name, or allow to replace a file (--replace).");
        }
        GgufFile model = ModelCheck.require(base);
        int weights = PeftAdapter.write(folder, model, target);
        AdapterCheck.require(target, model);
        return weights;
    }
}
