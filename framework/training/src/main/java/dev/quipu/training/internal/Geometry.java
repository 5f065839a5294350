package dev.quipu.training.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.llama.gguf.GgufValue;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;

/**
 * The measures of a model.
 *
 * @param width of what goes from layer to layer
 * @param head numbers of a head
 * @param inner width inside of a layer's second half
 * @param ropeBase of the frequencies in layers that see everything
 * @param localRopeBase of the frequencies in layers that see a window
 * @param ropeScale that positions are multiplied by
 * @param window tokens that most layers see; 0 where all see everything
 */
record Geometry(
        Family family,
        int layers,
        int width,
        int heads,
        int keyHeads,
        int head,
        int inner,
        int vocabulary,
        float epsilon,
        int ropeDimensions,
        float ropeBase,
        float localRopeBase,
        float ropeScale,
        int window,
        int pattern) {
    private static final int GEMMA_PATTERN = 6;

    /** @throws TrainingException if the model is one that is not written here */
    static Geometry of(GgufFile file) {
        Reader in = new Reader(file, file.text("general.architecture").orElse(""));
        Family family = Family.of(in.prefix);
        if (in.whole("expert_count", 0) > 0) {
            throw refused("it has experts");
        }
        int width = in.whole("embedding_length", 0);
        int heads = in.whole("attention.head_count", 1);
        int head = in.whole("attention.key_length", width / heads);
        if (in.whole("attention.value_length", head) != head) {
            throw refused("its keys and values differ in length");
        }
        String scaling = file.text(in.prefix + ".rope.scaling.type").orElse("none");
        if (!scaling.equals("none") && !scaling.equals("linear")) {
            throw refused("its positions are scaled by '" + scaling + "'");
        }
        double factor = in.real("rope.scaling.factor", 1);
        float base = (float) in.real("rope.freq_base", 10_000);
        int window = family.gemma() ? in.whole("attention.sliding_window", 0) : 0;
        return new Geometry(
                family,
                in.whole("block_count", 0),
                width,
                heads,
                in.whole("attention.head_count_kv", heads),
                head,
                in.whole("feed_forward_length", 0),
                file.tensor("token_embd.weight")
                        .map(t -> Math.toIntExact(t.dimension(1)))
                        .orElse(0),
                (float) in.real("attention.layer_norm_rms_epsilon", 1e-6),
                in.whole("rope.dimension_count", head),
                base,
                (float) in.real("rope.freq_base_swa", family.gemma() ? 10_000 : base),
                (float) (scaling.equals("linear") && factor > 0 ? 1 / factor : 1),
                window,
                window == 0 ? 1 : in.whole("attention.sliding_window_pattern", GEMMA_PATTERN));
    }

    private static TrainingException refused(String why) {
        return new TrainingException(TrainingError.MODEL, "The model cannot be trained here: " + why + ".");
    }

    /** Whether a layer sees a window only. */
    boolean local(int layer) {
        return window > 0 && layer % pattern < pattern - 1;
    }

    /** What scores of attention are multiplied by. */
    float attentionScale() {
        // The largest Gemma 3 counts by its width, as its makers do.
        boolean largest = family.gemma() && layers == 62;
        return (float) (1 / Math.sqrt(largest ? (double) width / heads : head));
    }

    int queryWidth() {
        return heads * head;
    }

    int keyWidth() {
        return keyHeads * head;
    }

    /** @throws TrainingException if a tensor has other dimensions than these measures ask for */
    static void require(GgufTensor tensor, long... dimensions) {
        for (int i = 0; i < 4; i++) {
            if (tensor.dimension(i) != (i < dimensions.length ? dimensions[i] : 1)) {
                throw refused("its " + tensor.name() + " is " + tensor.dimensions() + ", not "
                        + java.util.Arrays.toString(dimensions));
            }
        }
    }

    /** Keys of the file's own architecture. */
    private record Reader(GgufFile file, String prefix) {
        int whole(String key, int otherwise) {
            return Math.toIntExact(file.number(prefix + "." + key).orElse(otherwise));
        }

        double real(String key, double otherwise) {
            return file.metadata().get(prefix + "." + key) instanceof GgufValue.Real real ? real.number() : otherwise;
        }
    }
}
