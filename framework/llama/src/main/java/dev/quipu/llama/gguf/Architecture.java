package dev.quipu.llama.gguf;

import java.util.Map;
import java.util.Set;

/**
 * What is known of a model's architecture.
 *
 * @param name as in the file, which is also the prefix of its hyper-parameters
 * @param depth how much of it is checked
 */
record Architecture(String name, Depth depth) {
    /** How much is known of an architecture. */
    enum Depth {
        /** What llama.cpp asserts of every model. */
        GENERAL,
        /** Attention in heads that divide the embedding, to both sides. */
        ENCODER,
        /** Attention in heads with rotated positions: also what its graph asserts. */
        DENSE,
        /** The same, where all heads together are as wide as the embedding. */
        DENSE_SQUARE
    }

    /** What a model is to be used for. */
    enum Use {
        TEXT,
        VECTORS
    }

    private static final Map<String, Depth> KNOWN = Map.of(
            "llama", Depth.DENSE,
            "qwen2", Depth.DENSE_SQUARE,
            "qwen3", Depth.DENSE,
            "gemma3", Depth.DENSE);

    /** They make vectors; the first token that is asked of them ends the process. */
    private static final Set<String> VECTORS_ONLY = Set.of(
            "bert",
            "eurobert",
            "gemma-embedding",
            "jina-bert-v2",
            "jina-bert-v3",
            "llama-embed",
            "modern-bert",
            "neo-bert",
            "nomic-bert",
            "nomic-bert-moe");

    /** They load, but do neither here. */
    private static final Set<String> NEITHER = Set.of("clip", "t5", "t5encoder", "wavtokenizer-dec");

    static Architecture of(GgufFile file, Use use) {
        String type = file.text("general.type").orElse("model");
        String name = file.text("general.architecture")
                .orElseThrow(() -> new GgufException(
                        GgufError.PARAMETERS,
                        "general.architecture is missing or no text, so nothing says what runs."));
        boolean wrongUse = use == Use.TEXT && VECTORS_ONLY.contains(name);
        if (!type.equals("model") || NEITHER.contains(name) || wrongUse) {
            throw new GgufException(
                    GgufError.UNSUPPORTED,
                    "The file holds a '" + type + "' of the architecture '" + name + "'"
                            + (wrongUse ? ", which makes vectors of texts and no text." : "."));
        }
        long parts = file.number("split.count").orElse(1);
        if (parts > 1) {
            throw new GgufException(
                    GgufError.UNSUPPORTED,
                    "The file is one of " + parts + " parts. Join them first (llama-gguf-split --merge).");
        }
        return new Architecture(
                name, VECTORS_ONLY.contains(name) ? Depth.ENCODER : KNOWN.getOrDefault(name, Depth.GENERAL));
    }

    boolean dense() {
        return depth == Depth.DENSE || depth == Depth.DENSE_SQUARE;
    }
}
