package dev.quipu.llama;

import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/**
 * How a model is loaded.
 *
 * @param model the GGUF file
 * @param contextSize tokens that all sequences share; 0 for 4096 or the model's own limit, whichever is less
 * @param sequences conversations that decode side by side
 * @param threads CPU threads for decoding; 0 for the processors at hand
 * @param batchSize tokens that one pass computes at most; a long prompt is read in pieces of this size
 * @param gpuLayers layers on a GPU, where one is there
 * @param queueLimit requests that may wait
 * @param progress hears how much of the model is read, 0 to 1
 */
public record EngineOptions(
        Path model,
        int contextSize,
        int sequences,
        int threads,
        int batchSize,
        int gpuLayers,
        int queueLimit,
        DoubleConsumer progress) {
    public EngineOptions {
        check("contextSize", contextSize, 0, 1 << 20);
        check("sequences", sequences, 1, 256);
        check("threads", threads, 0, 1024);
        check("batchSize", batchSize, 32, 1 << 15);
        check("gpuLayers", gpuLayers, 0, 10_000);
        check("queueLimit", queueLimit, 1, 100_000);
    }

    private static void check(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new EngineException(
                    EngineError.OPTION, name + " is " + value + ", but has to be from " + low + " to " + high + ".");
        }
    }

    public static Builder builder(Path model) {
        return new Builder(model);
    }

    /** Options with their defaults. */
    public static final class Builder {
        private final Path model;
        private int contextSize;
        private int sequences = 4;
        private int threads;
        private int batchSize = 512;
        private int gpuLayers;
        private int queueLimit = 64;
        private DoubleConsumer progress = p -> {};

        private Builder(Path model) {
            this.model = model;
        }

        public Builder contextSize(int value) {
            contextSize = value;
            return this;
        }

        public Builder sequences(int value) {
            sequences = value;
            return this;
        }

        public Builder threads(int value) {
            threads = value;
            return this;
        }

        public Builder batchSize(int value) {
            batchSize = value;
            return this;
        }

        public Builder gpuLayers(int value) {
            gpuLayers = value;
            return this;
        }

        public Builder queueLimit(int value) {
            queueLimit = value;
            return this;
        }

        public Builder progress(DoubleConsumer value) {
            progress = value;
            return this;
        }

        public EngineOptions build() {
            return new EngineOptions(
                    model, contextSize, sequences, threads, batchSize, gpuLayers, queueLimit, progress);
        }
    }
}
