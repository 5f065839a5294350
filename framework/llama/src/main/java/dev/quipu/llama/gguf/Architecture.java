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
        /** Attention in heads with rotated positions: also what its graph asserts. */
        DENSE,
        /** The same, where all heads together are as wide as the embedding. */
        DENSE_SQUARE
    }

    private static final Map<String, Depth> KNOWN = Map.of(
            "llama", Depth.DENSE,
            "qwen2", Depth.DENSE_SQUARE,
            "qwen3", Depth.DENSE,
            "gemma3", Depth.DENSE);

    /** They load, but the first token that is asked of them ends the process. */
    private static final Set<String> NO_TEXT = Set.of(
            "bert",
            "clip",
            "eurobert",
            "gemma-embedding",
            "jina-bert-v2",
            "jina-bert-v3",
            "llama-embed",
            "modern-bert",
            "neo-bert",
            "nomic-bert",
            "nomic-bert-moe",
            "t5",
            "t5encoder",
            "wavtokenizer-dec");

    static Architecture of(GgufFile file) {
        String type = file.text("general.type").orElse("model");
        String name = file.text("general.architecture")
                .orElseThrow(() -> new GgufException(
                        GgufError.PARAMETERS,
                        "general.architecture is missing or no text, so nothing says what runs."));
        if (!type.equals("model") || NO_TEXT.contains(name)) {
            throw new GgufException(
                    GgufError.UNSUPPORTED, "The file holds a '" + type + "' of the architecture '" + name + "'.");
        }
        long parts = file.number("split.count").orElse(1);
        if (parts > 1) {
            throw new GgufException(
                    GgufError.UNSUPPORTED,
                    "The file is one of " + parts + " parts. Join them first (llama-gguf-split --merge).");
        }
        return new Architecture(name, KNOWN.getOrDefault(name, Depth.GENERAL));
    }

    boolean dense() {
        return depth != Depth.GENERAL;
    }
}
