package dev.quipu.llama.jni;

import dev.quipu.llama.ModelInfo;
import java.util.List;

/** What a model's file says of it. */
final class Descriptions {
    private static final int UNKNOWN_CONTEXT = 4096;

    private Descriptions() {}

    static ModelInfo of(GgufHeader header, int contextSize) {
        return new ModelInfo(
                header.text("general.architecture") + " " + header.parameters() / 1_000_000 + "M",
                contextSize,
                trainedContext(header),
                header.list("tokenizer.ggml.tokens").size(),
                header.parameters(),
                header.text("tokenizer.chat_template"),
                token(header, "tokenizer.ggml.bos_token_id"),
                token(header, "tokenizer.ggml.eos_token_id"));
    }

    static int trainedContext(GgufHeader header) {
        return (int) header.number(header.text("general.architecture") + ".context_length", UNKNOWN_CONTEXT);
    }

    private static String token(GgufHeader header, String key) {
        List<?> tokens = header.list("tokenizer.ggml.tokens");
        long id = header.number(key, -1);
        return id >= 0 && id < tokens.size() ? (String) tokens.get((int) id) : "";
    }
}
