package dev.quipu.training.internal;

import dev.quipu.training.Projection;
import dev.quipu.training.internal.ggml.Backend;
import dev.quipu.training.internal.ggml.NativeResource;
import dev.quipu.training.internal.ggml.Ops;
import dev.quipu.training.internal.ggml.Tensor;
import dev.quipu.training.internal.ggml.TensorPool;
import dev.quipu.training.internal.ggml.Types;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What the adapters do not see in a step.
 *
 * <p>ggml draws no random numbers and a mask for each input of each layer would take more memory than the activations. So
 * there is a table of random rows a width, drawn anew for each batch, and every token of every projection takes a random
 * row of it. All follows from the seed and the number of the batch, and a layer that is computed again sees the same.
 */
final class Dropout implements NativeResource {
    private static final int ROWS = 509;
    private static final List<Projection> PROJECTIONS = List.of(Projection.values());

    private final Geometry geometry;
    private final float share;
    private final long seed;
    private final TensorPool pool = new TensorPool(8);
    private final TreeMap<Integer, Tensor> tables = new TreeMap<>();
    private final Tensor choices;
    private final int tokens;

    Dropout(Geometry geometry, float share, int tokens, long seed, Backend backend) {
        this.geometry = geometry;
        this.share = share;
        this.seed = seed;
        this.tokens = tokens;
        for (Projection projection : PROJECTIONS) {
            tables.computeIfAbsent(
                    WeightCheck.inputs(geometry, projection), width -> pool.tensor(Types.F32, width, ROWS));
        }
        choices = pool.tensor(Types.I32, (long) tokens * geometry.layers() * PROJECTIONS.size());
        pool.allocate(backend);
    }

    /** Draws anew; the same for the same number. */
    void draw(long number) {
        SplittableRandom random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
        float kept = 1 / (1 - share);
        tables.forEach((width, table) -> {
            float[] values = new float[width * ROWS];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat() < share ? 0 : kept;
            }
            table.write(values);
        });
        choices.write(random.ints(choices.elements(), 0, ROWS).toArray());
    }

    /** What a projection's input is multiplied by. */
    Tensor mask(Ops ops, int layer, Projection projection) {
        long site = (long) layer * PROJECTIONS.size() + PROJECTIONS.indexOf(projection);
        Tensor table = java.util.Objects.requireNonNull(tables.get(WeightCheck.inputs(geometry, projection)));
        return ops.getRows(table, ops.part(choices, site * tokens, tokens));
    }

    @Override
    public void close() {
        pool.close();
    }
}
