package dev.quipu.training.internal;

import dev.quipu.training.internal.ggml.Backend;
import dev.quipu.training.internal.ggml.NativeResource;
import dev.quipu.training.internal.ggml.Tensor;
import dev.quipu.training.internal.ggml.TensorPool;
import dev.quipu.training.internal.ggml.Types;
import java.util.Optional;

/** What a batch brings to the graph: so many sequences of so many tokens, one after the other. */
final class Inputs implements NativeResource {
    private final int length;
    private final int sequences;
    private final int chunk;
    private final int vocabulary;
    private final int window;
    private final TensorPool pool = new TensorPool(8);
    private final Tensor tokens;
    private final Tensor positions;
    private final Tensor labels;
    private final Tensor labelPlaces;
    private final Tensor weights;
    private final Tensor mask;
    private final Optional<Tensor> windowMask;

    /** @param chunk tokens whose scores are computed at once */
    Inputs(Geometry geometry, int length, int sequences, int chunk, Backend backend) {
        this.length = length;
        this.sequences = sequences;
        this.chunk = Math.min(chunk, length * sequences);
        this.vocabulary = geometry.vocabulary();
        this.window = geometry.window();
        int all = length * sequences;
        tokens = pool.tensor(Types.I32, all);
        positions = pool.tensor(Types.I32, all);
        labels = pool.tensor(Types.I32, all);
        labelPlaces = pool.tensor(Types.I32, all);
        weights = pool.tensor(Types.F32, 1, all);
        mask = pool.tensor(Types.F32, length, length, 1, sequences);
        windowMask = window > 0 && window < length
                ? Optional.of(pool.tensor(Types.F32, length, length, 1, sequences))
                : Optional.empty();
        pool.allocate(backend);
    }

    void write(Batch batch) {
        tokens.write(batch.tokens());
        positions.write(batch.positions());
        labels.write(batch.labels());
        weights.write(magnified(batch.weights()));
        int[] places = new int[length * sequences];
        for (int i = 0; i < places.length; i++) {
            places[i] = i % chunk * vocabulary + batch.labels()[i];
        }
        labelPlaces.write(places);
        mask.write(batch.mask(length, sequences, Integer.MAX_VALUE));
        windowMask.ifPresent(m -> m.write(batch.mask(length, sequences, window)));
    }

    private static float[] magnified(float[] weights) {
        float[] all = weights.clone();
        for (int i = 0; i < all.length; i++) {
            all[i] *= Parameter.MAGNIFIED;
        }
        return all;
    }

    int length() {
        return length;
    }

    int sequences() {
        return sequences;
    }

    /** Tokens of all sequences. */
    int tokenCount() {
        return length * sequences;
    }

    int chunk() {
        return chunk;
    }

    Tensor tokens() {
        return tokens;
    }

    Tensor positions() {
        return positions;
    }

    Tensor labels() {
        return labels;
    }

    /** Where a token's label lies among the scores of its chunk. */
    Tensor labelPlaces() {
        return labelPlaces;
    }

    /** How much each label counts, times {@link Parameter#MAGNIFIED}. */
    Tensor weights() {
        return weights;
    }

    /** What a layer's tokens may see. */
    Tensor mask(boolean local) {
        return local ? windowMask.orElse(mask) : mask;
    }

    @Override
    public void close() {
        pool.close();
    }
}
