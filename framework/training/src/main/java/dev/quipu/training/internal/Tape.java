package dev.quipu.training.internal;

import dev.quipu.training.internal.ggml.Graph;
import dev.quipu.training.internal.ggml.Ops;
import dev.quipu.training.internal.ggml.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reverse-mode differentiation: while results are computed forwards, the rule that takes each one's gradient to its inputs
 * is noted; {@link #back} applies the rules in reverse. Rules write operations into the same graph, all of them ones that
 * multiply along rows, so that quantized weights take part on any backend. (ggml's own differentiation multiplies
 * frozen weights by outer products, which no GPU does for quantized ones.)
 */
final class Tape {
    private record Entry(Tensor result, Consumer<Tensor> rule) {}

    private final Graph graph;
    private final Ops ops;
    private final boolean recording;
    private final Map<Tensor, Tensor> gradients = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    /** @param recording whether gradients will be asked for */
    Tape(Graph graph, boolean recording) {
        this.graph = graph;
        this.ops = graph.ops();
        this.recording = recording;
    }

    Ops ops() {
        return ops;
    }

    /** Notes how a result's gradient goes on to its inputs. */
    Tensor note(Tensor result, Consumer<Tensor> rule) {
        if (recording) {
            entries.add(new Entry(result, rule));
        }
        return result;
    }

    /** Adds to the gradient of an intermediate result. */
    void addGradient(Tensor tensor, Tensor gradient) {
        gradients.merge(tensor, gradient, ops::add);
    }

    /** Adds to the gradient of what learns, which outlives the graph. */
    void learn(Parameter parameter, Tensor gradient) {
        graph.add(ops.addInPlace(parameter.gradient(), gradient));
    }

    Optional<Tensor> gradient(Tensor tensor) {
        return Optional.ofNullable(gradients.get(tensor));
    }

    /** Applies all rules, the last one first. */
    void back() {
        for (Entry entry : entries.reversed()) {
            Tensor gradient = gradients.remove(entry.result());
            if (gradient != null) {
                entry.rule().accept(gradient);
            }
        }
        entries.clear();
    }

    Tensor add(Tensor a, Tensor b) {
        return note(ops.add(a, b), gradient -> {
            addGradient(a, gradient);
            addGradient(b, gradient);
        });
    }

    /** The norm of each column (of each head, where they are split), times a frozen weight. */
    Tensor norm(Tensor x, Tensor weight, float epsilon) {
        return note(
                ops.mul(ops.rmsNorm(x, epsilon), weight),
                gradient -> addGradient(x, ops.rmsNormBack(ops.mul(gradient, weight), x, epsilon)));
    }

    /** {@code silu(gate) * up}. */
    Tensor swiglu(Tensor gate, Tensor up) {
        return note(ops.swiglu(gate, up), gradient -> {
            addGradient(gate, ops.siluBack(ops.mul(gradient, up), gate));
            addGradient(up, ops.mul(gradient, ops.silu(gate)));
        });
    }

    /**
     * {@code gelu(gate) * up} with the approximation by tanh, written out: ggml's own looks it up in a table of half
     * precision, whose steps the gradient would not see.
     */
    Tensor geglu(Tensor gate, Tensor up) {
        float root = (float) Math.sqrt(2 / Math.PI);
        float cubic = 0.044715f;
        Tensor square = ops.sqr(gate);
        Tensor tanh = ops.tanh(ops.mul(gate, ops.scale(square, root * cubic, root)));
        Tensor half = ops.scale(tanh, 0.5f, 0.5f);
        Tensor gelu = ops.mul(gate, half);
        return note(ops.mul(gelu, up), gradient -> {
            addGradient(up, ops.mul(gradient, gelu));
            Tensor slope = ops.scale(ops.sqr(tanh), -0.5f, 0.5f);
            Tensor inner = ops.mul(gate, ops.scale(square, 3 * root * cubic, root));
            Tensor derivative = ops.add(half, ops.mul(slope, inner));
            addGradient(gate, ops.mul(ops.mul(gradient, up), derivative));
        });
    }
}
