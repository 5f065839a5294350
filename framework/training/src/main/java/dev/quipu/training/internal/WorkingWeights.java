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
import java.util.Objects;

/**
 * The frozen weights as they are multiplied by: on the way forwards as they are, or as a copy in the type that the CPU
 * multiplies fastest; on the way back a copy with rows and columns exchanged. A gradient goes back through a weight by its
 * other side, and ggml multiplies fast along rows only.
 *
 * <p>Copies of quantized weights are Q8_0, of which results lose nothing beside the weights' own rounding. They are made by
 * the CPU: devices do not take every type apart.
 */
final class WorkingWeights implements NativeResource {
    private static final int BLOCK = 32;
    private static final long AT_ONCE = 1 << 22;

    private final BaseModel model;
    private final TensorPool pool;
    private final Map<String, Tensor> forwards = new HashMap<>();
    private final Map<String, Tensor> backwards = new HashMap<>();

    /**
     * @param fast whether weights of types that the CPU multiplies slowly are copied for the way forwards too
     * @param host the CPU, which makes the copies
     * @param backend that computes with them
     */
    WorkingWeights(BaseModel model, boolean fast, Backend host, Backend backend) {
        this.model = model;
        List<String> names = new ArrayList<>(List.of(model.outputName()));
        for (int layer = 0; layer < model.geometry().layers(); layer++) {
            for (Projection projection : Projection.values()) {
                names.add(projection.weight(layer));
            }
        }
        pool = new TensorPool(2 * names.size());
        for (String name : names) {
            Tensor weight = model.tensor(name);
            long in = weight.dimension(0);
            long out = weight.dimension(1);
            backwards.put(name, pool.tensor(exchanged(model.type(name), out), out, in));
            if (fast && backend.host() && slow(model.type(name)) && in % BLOCK == 0) {
                forwards.put(name, pool.tensor(Types.Q8_0, in, out));
            }
        }
        pool.allocate(backend);
        names.forEach(name -> fill(name, host));
    }

    /** Types for which ggml has no kernel that multiplies by blocks of columns. */
    private static boolean slow(TensorType type) {
        return switch (type) {
            case F32, F16, BF16, Q8_0, Q4_0 -> false;
            default -> true;
        };
    }

    private static int exchanged(TensorType original, long rowLength) {
        return switch (original) {
            case F32 -> Types.F32;
            case F16, BF16 -> Types.F16;
            default -> rowLength % BLOCK == 0 ? Types.Q8_0 : Types.F16;
        };
    }

    /** Goes through a weight some rows at a time: as 32-bit numbers the whole may be larger than the model. */
    private void fill(String name, Backend host) {
        Tensor weight = model.mapped(name);
        Transposition exchanged = new Transposition(backward(name));
        int rows = (int) Math.max(BLOCK, AT_ONCE / weight.dimension(0) / BLOCK * BLOCK);
        for (long first = 0; first < weight.dimension(1); first += rows) {
            long count = Math.min(rows, weight.dimension(1) - first);
            try (Graph graph = new Graph(host, 16)) {
                Ops ops = graph.ops();
                Tensor plain = ops.cast(ops.rows(weight, first, count), Types.F32);
                graph.keep(plain);
                graph.add(plain);
                if (forwards.containsKey(name)) {
                    graph.add(ops.copy(plain, ops.rows(forward(name), first, count)));
                }
                graph.allocate();
                graph.compute();
                exchanged.take(plain.floats(), first);
            }
        }
        exchanged.finish();
    }

    /** A weight for inputs. */
    Tensor forward(String name) {
        Tensor copy = forwards.get(name);
        return copy == null ? model.tensor(name) : copy;
    }

    /** A weight for gradients. */
    Tensor backward(String name) {
        return Objects.requireNonNull(backwards.get(name));
    }

    long bytes() {
        return pool.bytes();
    }

    @Override
    public void close() {
        pool.close();
    }
}
