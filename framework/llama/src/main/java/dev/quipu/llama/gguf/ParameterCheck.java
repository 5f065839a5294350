package dev.quipu.llama.gguf;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Checks hyper-parameters against what llama.cpp asserts of them while it loads a model and builds its graph. */
final class ParameterCheck {
    private static final int MAX_LAYERS = 512;
    private static final int MAX_EXPERTS = 1024;
    private static final int MAX_HEADS = 1 << 14;
    private static final int MAX_WIDTH = 1 << 20;
    /** Times the most sequences, it is below the range of llama.cpp's counters. Some models have one wider than their context. */
    private static final int MAX_WINDOW = 1 << 23;

    private static final int LAST_POOLING = 4;
    private static final List<String> EPSILONS =
            List.of("attention.layer_norm_rms_epsilon", "attention.layer_norm_epsilon", "attention.group_norm_epsilon");
    private static final Set<String> ROPE_SCALINGS = Set.of("none", "linear", "yarn", "longrope");

    private final GgufFile file;
    private final Architecture architecture;
    private final Parameters parameters;

    ParameterCheck(GgufFile file, Architecture architecture) {
        this.file = file;
        this.architecture = architecture;
        this.parameters = new Parameters(file, architecture.name());
    }

    void run() {
        parameters.required("context_length", 1, Integer.MAX_VALUE);
        long width = parameters.required("embedding_length", 1, MAX_WIDTH);
        int layers = (int) parameters.required("block_count", 1, MAX_LAYERS);
        parameters.optional("nextn_predict_layers", 0, layers - 1L);
        parameters.optional("pooling_type", 0, LAST_POOLING);
        requireWindow(layers);
        parameters.eachLayer("feed_forward_length", layers, 0, 0, Integer.MAX_VALUE);
        EPSILONS.forEach(parameters::requireNotNegative);
        requireRopeScaling();
        requireExperts(layers);
        long[] heads = parameters.eachLayer("attention.head_count", layers, 0, 0, MAX_HEADS);
        long[] keyHeads = requireHeads(layers, heads);
        if (architecture.depth() == Architecture.Depth.ENCODER) {
            requireDivided(width, same("head_count", heads), same("head_count_kv", keyHeads));
        }
        if (architecture.dense()) {
            new DenseCheck(file, parameters, architecture)
                    .run(width, layers, same("head_count", heads), same("head_count_kv", keyHeads));
        }
    }

    private void requireDivided(long width, long heads, long keyHeads) {
        if (width % heads != 0 || keyHeads != heads) {
            throw Parameters.wrong("An embedding of " + width + " does not divide among " + heads + " heads with "
                    + keyHeads + " of keys");
        }
        parameters.optional("attention.key_length", width / heads, width / heads);
        parameters.optional("attention.value_length", width / heads, width / heads);
        parameters.optional("embedding_length_out", width, width);
    }

    /** A model with a window has to have a layer that uses it. */
    private void requireWindow(int layers) {
        String key = "attention.sliding_window_pattern";
        long window =
                parameters.optional("attention.sliding_window", 0, MAX_WINDOW).orElse(0);
        boolean unused = file.array(architecture.name() + "." + key)
                .map(pattern -> pattern.values().stream().limit(layers).allMatch(ParameterCheck::isZero))
                .orElseGet(() -> parameters.optional(key, 0, Integer.MAX_VALUE).orElse(0) == 1);
        if (window > 0 && unused) {
            throw Parameters.wrong("No layer of " + key + " uses the window of " + window + " tokens");
        }
    }

    private static boolean isZero(GgufValue value) {
        return switch (value) {
            case GgufValue.Whole whole -> whole.number() == 0;
            case GgufValue.Truth truth -> !truth.holds();
            default -> true;
        };
    }

    private void requireRopeScaling() {
        String key = architecture.name() + ".rope.scaling.type";
        String scaling = file.text(key).orElse("none");
        if (!ROPE_SCALINGS.contains(scaling)) {
            throw Parameters.wrong(key + " is '" + scaling + "', but " + ROPE_SCALINGS + " are known");
        }
    }

    private void requireExperts(int layers) {
        long experts = parameters.optional("expert_count", 0, MAX_EXPERTS).orElse(0);
        long[] used = parameters.eachLayer("expert_used_count", layers, 0, 0, experts);
        if (experts > 0 && Arrays.stream(used).max().orElse(0) == 0) {
            throw Parameters.wrong("The model has " + experts + " experts but uses none");
        }
        long groups = parameters
                .optional("expert_group_count", 0, Math.max(0, experts - 1))
                .orElse(0);
        if (groups > 1) {
            parameters.required("expert_group_used_count", 1, groups - 1);
            if (experts % groups != 0) {
                throw Parameters.wrong(experts + " experts do not divide into " + groups + " groups");
            }
        }
    }

    private long[] requireHeads(int layers, long[] heads) {
        long[] keyHeads = parameters.eachLayer("attention.head_count_kv", layers, -1, 0, MAX_HEADS);
        for (int i = 0; i < layers; i++) {
            if (keyHeads[i] < 0) {
                keyHeads[i] = heads[i];
            }
            if (keyHeads[i] > 0 && heads[i] % keyHeads[i] != 0) {
                throw Parameters.wrong("Layer " + i + " has " + heads[i] + " heads, which do not divide among its "
                        + keyHeads[i] + " key heads");
            }
        }
        return keyHeads;
    }

    private static long same(String key, long[] each) {
        for (long one : each) {
            if (one < 1 || one != each[0]) {
                throw Parameters.wrong("attention." + key + " is " + Arrays.toString(each)
                        + ", but has to be the same in all layers and at least 1");
            }
        }
        return each[0];
    }
}
