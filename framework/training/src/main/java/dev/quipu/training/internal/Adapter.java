package dev.quipu.training.internal;

import dev.quipu.training.LoraOptions;
import dev.quipu.training.Projection;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import dev.quipu.training.internal.ggml.Backend;
import dev.quipu.training.internal.ggml.NativeResource;
import dev.quipu.training.internal.ggml.Tensor;
import dev.quipu.training.internal.ggml.TensorPool;
import dev.quipu.training.internal.ggml.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Everything that learns: two matrices for each changed weight, with gradients and moments. */
final class Adapter implements NativeResource {
    static final String OUTPUT = "output.weight";

    private final LoraOptions options;
    private final TensorPool pool;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<String, LowRank> pairs = new HashMap<>();

    /** A starts uniform in the root of its inputs as PEFT's does, B at zero: at first nothing is changed. */
    Adapter(BaseModel model, LoraOptions options, Backend backend, long seed) {
        this.options = options;
        Geometry geometry = model.geometry();
        pool = new TensorPool(geometry.layers() * options.projections().size() * 8 + 8);
        for (int layer = 0; layer < geometry.layers(); layer++) {
            for (Projection projection : options.projections()) {
                String weight = projection.weight(layer);
                Parameter a =
                        parameter(weight + ".lora_a", false, WeightCheck.inputs(geometry, projection), options.rank());
                Parameter b =
                        parameter(weight + ".lora_b", true, options.rank(), WeightCheck.outputs(geometry, projection));
                pairs.put(weight, new LowRank(a, b));
            }
        }
        if (options.output()) {
            requireOutput(model);
            pairs.put(
                    OUTPUT,
                    new LowRank(
                            parameter(OUTPUT + ".lora_a", false, geometry.width(), options.rank()),
                            parameter(OUTPUT + ".lora_b", true, options.rank(), geometry.vocabulary())));
        }
        pool.allocate(backend);
        SplittableRandom random = new SplittableRandom(seed);
        for (Parameter parameter : parameters) {
            if (!parameter.fast()) {
                double bound = 1 / Math.sqrt((double) parameter.weight().dimension(0));
                float[] values = new float[Math.toIntExact(parameter.weight().elements())];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextDouble(-bound, bound);
                }
                parameter.weight().write(values);
            }
        }
    }

    private static void requireOutput(BaseModel model) {
        if (model.find(OUTPUT).isEmpty()) {
            throw new TrainingException(
                    TrainingError.MODEL,
                    "The model has no " + OUTPUT + ": its scores are made by the embedding. An adapter's file names the"
                            + " weight that it changes, and could not tell the one use from the other. Train the"
                            + " projections of the layers.");
        }
    }

    private Parameter parameter(String name, boolean fast, long in, long out) {
        Tensor[] four = new Tensor[4];
        for (int i = 0; i < four.length; i++) {
            four[i] = pool.tensor(Types.F32, in, out);
        }
        Parameter parameter = new Parameter(name, fast, four[0], four[1], four[2], four[3]);
        parameters.add(parameter);
        return parameter;
    }

    LoraOptions options() {
        return options;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    Optional<LowRank> pair(String weight) {
        return Optional.ofNullable(pairs.get(weight));
    }

    long bytes() {
        return pool.bytes();
    }

    /** The Euclidean norm of all gradients together. */
    double gradientNorm() {
        double sum = 0;
        for (Parameter parameter : parameters) {
            for (float value : parameter.slopes()) {
                sum += (double) value * value;
            }
        }
        return Math.sqrt(sum);
    }

    void clearGradients() {
        parameters.forEach(p -> p.gradient().clear());
    }

    @Override
    public void close() {
        pool.close();
    }
}
