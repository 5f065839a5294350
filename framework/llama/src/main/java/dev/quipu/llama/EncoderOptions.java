package dev.quipu.llama;

import java.nio.file.Path;

/**
 * How a model that makes vectors of texts is loaded.
 *
 * @param model the GGUF file
 * @param pooling how a text's vectors become one
 * @param longest tokens that a text may have; 0 for what the model was trained on, or 2048 if that is less
 * @param batchSize tokens that one pass computes; several short texts share a pass. At least {@code longest}
 * @param threads CPU threads; 0 for the processors at hand
 * @param gpuLayers layers on a GPU, where one is there
 */
public record EncoderOptions(Path model, Pooling pooling, int longest, int batchSize, int threads, int gpuLayers) {
    public EncoderOptions {
        EngineOptions.check("encoder.longest", longest, 0, 1 << 15);
        EngineOptions.check("encoder.batch-size", batchSize, 32, 1 << 15);
        EngineOptions.check("encoder.threads", threads, 0, 512);
        EngineOptions.check("encoder.gpu-layers", gpuLayers, 0, 10_000);
    }

    /** As the model's file says, on the CPU. */
    public static EncoderOptions of(Path model) {
        return new EncoderOptions(model, Pooling.MODEL, 0, 512, 0, 0);
    }

    public EncoderOptions withPooling(Pooling value) {
        return new EncoderOptions(model, value, longest, batchSize, threads, gpuLayers);
    }

    public EncoderOptions withLongest(int value) {
        return new EncoderOptions(model, pooling, value, batchSize, threads, gpuLayers);
    }

    public EncoderOptions withBatchSize(int value) {
        return new EncoderOptions(model, pooling, longest, value, threads, gpuLayers);
    }

    public EncoderOptions withThreads(int value) {
        return new EncoderOptions(model, pooling, longest, batchSize, value, gpuLayers);
    }

    public EncoderOptions withGpuLayers(int value) {
        return new EncoderOptions(model, pooling, longest, batchSize, threads, value);
    }
}
