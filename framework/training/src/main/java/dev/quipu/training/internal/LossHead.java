package dev.quipu.training.internal;

import dev.quipu.training.internal.ggml.Backend;
import dev.quipu.training.internal.ggml.Graph;
import dev.quipu.training.internal.ggml.NativeResource;
import dev.quipu.training.internal.ggml.Ops;
import dev.quipu.training.internal.ggml.Tensor;
import dev.quipu.training.internal.ggml.TensorPool;
import dev.quipu.training.internal.ggml.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The loss: cross entropy of each labelled token, each with its own weight.
 *
 * <p>Scores over the vocabulary exist for a chunk of tokens at a time. Their gradient needs no dense labels: it is the
 * softmax, less one at the label, taken back through the output weight, so less that weight's row. With label smoothing a
 * share of that one is spread evenly, and then the mean score counts too.
 */
final class LossHead implements NativeResource {
    /** A softmax below that is taken for it; the logarithm stays a number. */
    private static final double LEAST = 1e-37;

    private record Chunk(Tensor probability, Optional<Tensor> score, Optional<Tensor> sum) {}

    private final BaseModel model;
    private final Linear linear;
    private final Inputs inputs;
    private final float smoothing;
    private final Optional<OutputPair> adapted;
    private final TensorPool pool = new TensorPool(1);
    private final Tensor ones;
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Tensor> scores = new ArrayList<>();

    LossHead(BaseModel model, Linear linear, Inputs inputs, float smoothing, Backend backend) {
        this.model = model;
        this.linear = linear;
        this.inputs = inputs;
        this.smoothing = smoothing;
        adapted = linear.output().map(pair -> new OutputPair(pair, linear.scale(), smoothing));
        ones = pool.tensor(Types.F32, model.geometry().vocabulary());
        pool.allocate(backend);
        float[] values = new float[model.geometry().vocabulary()];
        Arrays.fill(values, 1);
        ones.write(values);
    }

    /**
     * Writes the loss into a graph.
     *
     * @param back whether the gradient is wanted
     * @param keepScores whether all scores are kept to be read
     * @return the gradient of {@code hidden}
     */
    Optional<Tensor> write(Graph graph, Tensor hidden, boolean back, boolean keepScores) {
        Ops ops = graph.ops();
        Optional<Tensor> gradient = Optional.empty();
        for (int start = 0; start < inputs.tokenCount(); start += inputs.chunk()) {
            int count = Math.min(inputs.chunk(), inputs.tokenCount() - start);
            Tensor some = ops.rows(hidden, start, count);
            Tensor frozen = linear.forward(ops, model.outputName(), some);
            Tensor logits =
                    adapted.map(pair -> ops.add(frozen, pair.raise(ops, some))).orElse(frozen);
            if (keepScores) {
                graph.keep(logits);
                scores.add(logits);
            }
            Tensor softMax = ops.softMax(logits);
            chunks.add(kept(graph, ops, logits, softMax, start, count));
            if (back) {
                Tensor part = gradient(graph, some, softMax, start, count);
                Tensor joined = gradient.map(g -> ops.concat(g, part, 1)).orElse(part);
                graph.add(joined);
                gradient = Optional.of(joined);
            }
        }
        return gradient;
    }

    private Chunk kept(Graph graph, Ops ops, Tensor logits, Tensor softMax, int start, int count) {
        Tensor places = ops.part(inputs.labelPlaces(), start, count);
        Chunk chunk = new Chunk(
                ops.getRows(ops.reshape(softMax, 1, softMax.elements()), places),
                smoothed(() -> ops.getRows(ops.reshape(logits, 1, logits.elements()), places)),
                smoothed(() -> ops.sumRows(logits)));
        keep(graph, chunk.probability());
        chunk.score().ifPresent(t -> keep(graph, t));
        chunk.sum().ifPresent(t -> keep(graph, t));
        return chunk;
    }

    private Optional<Tensor> smoothed(java.util.function.Supplier<Tensor> tensor) {
        return smoothing > 0 ? Optional.of(tensor.get()) : Optional.empty();
    }

    private static void keep(Graph graph, Tensor tensor) {
        graph.keep(tensor);
        graph.add(tensor);
    }

    private Tensor gradient(Graph graph, Tensor hidden, Tensor softMax, int start, int count) {
        Ops ops = graph.ops();
        String output = model.outputName();
        Tensor rows = ops.getRows(model.tensor(output), ops.part(inputs.labels(), start, count));
        Tensor expected = linear.back(ops, output, softMax);
        Tensor pull = smoothing > 0
                ? ops.add(
                        ops.scale(rows, 1 - smoothing),
                        ops.scale(
                                linear.back(ops, output, ones),
                                smoothing / model.geometry().vocabulary()))
                : rows;
        Tensor weights = ops.rows(inputs.weights(), start, count);
        Tensor frozen = ops.mul(ops.sub(expected, pull), weights);
        Tensor labels = ops.part(inputs.labels(), start, count);
        return adapted.map(pair -> ops.add(frozen, pair.back(graph, hidden, softMax, labels, weights)))
                .orElse(frozen);
    }

    /** The logarithm of each label's probability, after the graph was computed. */
    double[] logProbabilities() {
        return chunks.stream()
                .flatMapToDouble(c -> {
                    float[] p = c.probability().floats();
                    return java.util.stream.IntStream.range(0, p.length)
                            .mapToDouble(i -> Math.log(Math.max(p[i], LEAST)));
                })
                .toArray();
    }

    /** The loss of the batch that was computed. */
    double loss(Batch batch) {
        double[] logs = logProbabilities();
        double loss = 0;
        for (int i = 0; i < logs.length; i++) {
            loss -= batch.weights()[i] * logs[i] * (1 - smoothing);
        }
        return smoothing > 0 ? loss + spread(batch, logs) : loss;
    }

    /** What the evenly spread share of the target adds. */
    private double spread(Batch batch, double[] logs) {
        double sum = 0;
        int at = 0;
        for (Chunk chunk : chunks) {
            float[] score = chunk.score().orElseThrow().floats();
            float[] all = chunk.sum().orElseThrow().floats();
            for (int i = 0; i < score.length; i++, at++) {
                double total = score[i] - logs[at];
                sum += batch.weights()[at]
                        * (total - all[i] / (double) model.geometry().vocabulary());
            }
        }
        return smoothing * sum;
    }

    /** All scores of all tokens, where they were kept. */
    float[] scores() {
        int vocabulary = model.geometry().vocabulary();
        float[] all = new float[Math.multiplyExact(vocabulary, inputs.tokenCount())];
        int at = 0;
        for (Tensor chunk : scores) {
            float[] values = chunk.floats();
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        return all;
    }

    @Override
    public void close() {
        pool.close();
    }
}
