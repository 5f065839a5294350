package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.Device;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.gguf.GgufFile;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many layers go to the GPU.
 *
 * <p>llama.cpp lays the last layers there first, its output before all: one layer is the output, two are the output and the
 * last layer, and one more than the model has is all of it. What it cannot allocate it reports after minutes of loading, or
 * it ends the process in the middle of a request; so the sum is made before, from the file: the layers' weights, their keys
 * and values for the whole context, and what a pass needs to compute in. The last is an estimate on the safe side.
 *
 * @param batch tokens of a pass
 * @param free bytes on all GPUs together
 */
record GpuPlan(ModelMemory model, int context, int batch, long free) {
    private static final Logger log = LoggerFactory.getLogger(GpuPlan.class);
    private static final long MB = 1_000_000;
    /** Kept on each device for its driver and for the libraries of matrix routines. */
    private static final long RESERVE = 400 * MB;

    private static final int DEFAULT_CONTEXT = 4096;
    private static final int FLOAT = 4;
    /** Of attention's mask there is a copy in single and one in half precision. */
    private static final int MASK = 6;

    /** What some layers take, in bytes. */
    record Need(long weights, long cache, long compute) {
        long total() {
            return weights + cache + compute;
        }

        @Override
        public String toString() {
            return total() / MB + " MB (weights " + weights / MB + ", keys and values " + cache / MB + ", computing "
                    + compute / MB + ")";
        }
    }

    /** The layers for a model that is about to be loaded. */
    static int layers(EngineOptions options, List<Device> gpus) {
        if (gpus.isEmpty() || options.gpuLayers() == 0) {
            if (options.gpuLayers() > 0) {
                log.atWarn()
                        .addKeyValue("wanted", options.gpuLayers())
                        .log("quipu.engine.gpu-layers has no effect: no GPU is here; computing on the CPU");
            }
            return 0;
        }
        ModelMemory model = ModelMemory.of(GgufFile.read(options.model()));
        int context =
                options.contextSize() == 0 ? Math.min(DEFAULT_CONTEXT, model.trainedContext()) : options.contextSize();
        long free = gpus.stream().mapToLong(Device::freeBytes).sum() - RESERVE * gpus.size();
        GpuPlan plan = new GpuPlan(model, context, options.batchSize(), Math.max(0, free));
        int layers = plan.choose(options.gpuLayers());
        log.atInfo()
                .addKeyValue("layers", layers)
                .addKeyValue("of", plan.all())
                .addKeyValue("needs", plan.need(layers))
                .addKeyValue("free", free / MB)
                .log("Layers on the GPU");
        return layers;
    }

    /** The output counts as a layer. */
    int all() {
        return model.layers().size() + 1;
    }

    /**
     * @param wanted a number, or {@link EngineOptions#AUTOMATIC}
     * @throws EngineException if so many do not fit
     */
    int choose(int wanted) {
        int most = most();
        if (wanted == EngineOptions.AUTOMATIC) {
            return most;
        }
        int asked = Math.min(wanted, all());
        if (asked > most) {
            throw new EngineException(
                    EngineError.GPU_MEMORY,
                    asked + " of " + all() + " layers need " + need(asked) + " on the GPU for a context of " + context
                            + " tokens, but " + free / MB + " MB are free there: " + most
                            + " fit. Set quipu.engine.gpu-layers to that or to auto, or lower"
                            + " quipu.engine.context-size.");
        }
        return asked;
    }

    private int most() {
        int layers = all();
        while (layers > 0 && need(layers).total() > free) {
            layers--;
        }
        return layers;
    }

    Need need(int layers) {
        if (layers == 0) {
            return new Need(0, 0, 0);
        }
        int first = all() - layers;
        long weights = model.output() + sum(model.layers(), first);
        long cache = sum(model.cache(), first) * context;
        long compute = (long) batch * FLOAT * (model.logits() + model.activations()) + (long) batch * context * MASK;
        // Weights that stay with the CPU come over one by one when a long prompt is read.
        long visiting = layers < all() ? model.largest() : 0;
        return new Need(weights, cache, compute + visiting);
    }

    private static long sum(List<Long> bytes, int from) {
        return bytes.stream().skip(from).mapToLong(Long::longValue).sum();
    }
}
