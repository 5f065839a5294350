package dev.quipu.training.internal;

import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.Projection;
import dev.quipu.training.internal.ggml.Backend;
import dev.quipu.training.internal.ggml.Graph;
import dev.quipu.training.internal.ggml.NativeResource;
import dev.quipu.training.internal.ggml.Ops;
import dev.quipu.training.internal.ggml.Tensor;
import dev.quipu.training.internal.ggml.TensorPool;
import dev.quipu.training.internal.ggml.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies of the frozen weights with rows and columns exchanged. A gradient goes back through a weight by its other side, and
 * ggml multiplies fast along rows only.
 *
 * <p>The copies of quantized weights are Q8_0, of which the gradient loses nothing that the weights' own rounding has not
 * taken already.
 */
final class TransposedWeights implements NativeResource {
    private static final int BLOCK = 32;

    private final TensorPool pool;
    private final Map<String, Tensor> copies = new HashMap<>();

    TransposedWeights(BaseModel model, Backend backend) {
        List<String> names = new ArrayList<>(List.of(model.outputName()));
        for (int layer = 0; layer < model.geometry().layers(); layer++) {
            for (Projection projection : Projection.values()) {
                names.add(projection.weight(layer));
            }
        }
        pool = new TensorPool(names.size());
        for (String name : names) {
            Tensor weight = model.tensor(name);
            copies.put(
                    name,
                    pool.tensor(type(model.type(name), weight.dimension(1)), weight.dimension(1), weight.dimension(0)));
        }
        pool.allocate(backend);
        names.forEach(name -> fill(model.tensor(name), tensor(name), backend));
    }

    private static int type(TensorType original, long rowLength) {
        return switch (original) {
            case F32 -> Types.F32;
            case F16, BF16 -> Types.F16;
            default -> rowLength % BLOCK == 0 ? Types.Q8_0 : Types.F16;
        };
    }

    private static void fill(Tensor weight, Tensor copy, Backend backend) {
        try (Graph graph = new Graph(backend, 16)) {
            Ops ops = graph.ops();
            Tensor plain = weight.type() == Types.F32 ? weight : ops.cast(weight, Types.F32);
            graph.add(ops.copy(ops.transposed(plain), copy));
            graph.allocate();
            graph.compute();
        }
    }

    Tensor tensor(String name) {
        return java.util.Objects.requireNonNull(copies.get(name));
    }

    long bytes() {
        return pool.bytes();
    }

    @Override
    public void close() {
        pool.close();
    }
}
