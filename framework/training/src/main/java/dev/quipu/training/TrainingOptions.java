package dev.quipu.training;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A training.
 *
 * @param model the GGUF file whose weights stay as they are
 * @param output where the adapter goes, once it is whole; the checkpoint lies beside it
 * @param length tokens of a sequence, into which examples are packed
 * @param batch sequences that are computed at once
 * @param accumulate batches of a step
 * @param epochs passes over the examples
 * @param steps exactly so many, whatever the epochs; none for what the epochs come to
 * @param labelSmoothing share of the target that is spread over the vocabulary
 * @param packing whether several examples share a sequence; each still sees itself alone
 * @param shuffle whether each epoch has an order of its own
 * @param recompute whether layers are computed again on the way back, which saves most of the memory
 * @param compact whether weights of types that multiply slowly stay as they are, which is slow; else there is a copy of them
 * @param lossChunk tokens whose scores over the vocabulary are in memory at once
 * @param compute what it runs on
 * @param threads of the CPU; the same number gives the same result to the bit
 * @param seed of all chance
 * @param checkpointSteps steps from one checkpoint to the next; 0 for none
 * @param resume whether to go on from the checkpoint, if there is one
 */
public record TrainingOptions(
        Path model,
        Path output,
        LoraOptions lora,
        OptimizerOptions optimizer,
        int length,
        int batch,
        int accumulate,
        int epochs,
        OptionalInt steps,
        float labelSmoothing,
        boolean packing,
        boolean shuffle,
        boolean recompute,
        boolean compact,
        int lossChunk,
        Compute compute,
        int threads,
        long seed,
        int checkpointSteps,
        boolean resume) {
    private static final int MOST_LENGTH = 1 << 17;
    private static final int MOST_TOKENS = 1 << 20;

    public TrainingOptions {
        model = model.toAbsolutePath().normalize();
        output = output.toAbsolutePath().normalize();
        between("the length of a sequence", length, 2, MOST_LENGTH);
        between("the batch", batch, 1, MOST_TOKENS / length);
        between("the accumulation", accumulate, 1, 1 << 16);
        between("epochs", epochs, 1, 1 << 20);
        steps.ifPresent(s -> between("steps", s, 1, Integer.MAX_VALUE));
        Ranges.require(
                labelSmoothing >= 0 && labelSmoothing < 1,
                "the label smoothing is " + labelSmoothing + ", but has to be from 0 to below 1");
        between("the chunk of the loss", lossChunk, 1, MOST_TOKENS);
        between("threads", threads, 1, 1024);
        between("steps between checkpoints", checkpointSteps, 0, Integer.MAX_VALUE);
    }

    private static void between(String what, int value, int low, int high) {
        Ranges.require(
                value >= low && value <= high, what + " is " + value + ", but has to be from " + low + " to " + high);
    }

    /** Where the checkpoint lies. */
    public Path checkpoint() {
        return output.resolveSibling(output.getFileName() + ".checkpoint");
    }

    public static Builder builder(Path model, Path output) {
        return new Builder(model, output);
    }

    /** Builds {@link TrainingOptions}. */
    public static final class Builder {
        private final Path model;
        private final Path output;
        private LoraOptions lora = LoraOptions.STANDARD;
        private OptimizerOptions optimizer = OptimizerOptions.STANDARD;
        private int length = 256;
        private int batch = 1;
        private int accumulate = 1;
        private int epochs = 1;
        private OptionalInt steps = OptionalInt.empty();
        private float labelSmoothing;
        private boolean packing = true;
        private boolean shuffle = true;
        private boolean recompute;
        private boolean compact;
        private int lossChunk = 128;
        private Compute compute = Compute.AUTO;
        private int threads = Runtime.getRuntime().availableProcessors();
        private long seed = 42;
        private int checkpointSteps = 50;
        private boolean resume;

        private Builder(Path model, Path output) {
            this.model = model;
            this.output = output;
        }

        public Builder lora(LoraOptions value) {
            lora = value;
            return this;
        }

        public Builder optimizer(OptimizerOptions value) {
            optimizer = value;
            return this;
        }

        /** Tokens of a sequence; 256 unless set. */
        public Builder length(int value) {
            length = value;
            return this;
        }

        /** Sequences that are computed at once; 1 unless set. */
        public Builder batch(int value) {
            batch = value;
            return this;
        }

        /** Batches of a step; 1 unless set. */
        public Builder accumulate(int value) {
            accumulate = value;
            return this;
        }

        /** Passes over the examples; 1 unless set. */
        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /** Ends the training after so many steps. */
        public Builder steps(int value) {
            steps = OptionalInt.of(value);
            return this;
        }

        /** Share of the target that is spread over the vocabulary; none unless set. */
        public Builder labelSmoothing(float value) {
            labelSmoothing = value;
            return this;
        }

        /** Whether several examples share a sequence; true unless set. */
        public Builder packing(boolean value) {
            packing = value;
            return this;
        }

        /** Whether each epoch has an order of its own; true unless set. */
        public Builder shuffle(boolean value) {
            shuffle = value;
            return this;
        }

        /** Whether layers are computed again on the way back; false unless set. */
        public Builder recompute(boolean value) {
            recompute = value;
            return this;
        }

        /** Whether weights that multiply slowly are not copied; false unless set. */
        public Builder compact(boolean value) {
            compact = value;
            return this;
        }

        /** Tokens whose scores are in memory at once; 128 unless set. */
        public Builder lossChunk(int value) {
            lossChunk = value;
            return this;
        }

        /** What it runs on; a GPU where there is one unless set. */
        public Builder compute(Compute value) {
            compute = value;
            return this;
        }

        /** Threads of the CPU; all processors unless set. */
        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /** Seed of all chance; 42 unless set. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Steps from one checkpoint to the next; 50 unless set, 0 for none. */
        public Builder checkpointSteps(int value) {
            checkpointSteps = value;
            return this;
        }

        /** Whether to go on from a checkpoint; false unless set. */
        public Builder resume(boolean value) {
            resume = value;
            return this;
        }

        public TrainingOptions build() {
            return new TrainingOptions(
                    model,
                    output,
                    lora,
                    optimizer,
                    length,
                    batch,
                    accumulate,
                    epochs,
                    steps,
                    labelSmoothing,
                    packing,
                    shuffle,
                    recompute,
                    compact,
                    lossChunk,
                    compute,
                    threads,
                    seed,
                    checkpointSteps,
                    resume);
        }
    }
}
