package dev.quipu.llama.jni;

import dev.quipu.llama.ModelInfo;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTokens;
import dev.quipu.llama.gguf.ModelCard;

/** What a model's file says of it, because java-llama.cpp does not. */
final class Descriptions {
    private static final int UNKNOWN_CONTEXT = 4096;

    private Descriptions() {}

    static ModelInfo of(GgufFile file, GgufTokens tokens, int contextSize) {
        ModelCard card = ModelCard.of(file);
        return new ModelInfo(
                card.architecture() + " " + card.parameters() / 1_000_000 + "M",
                contextSize,
                trainedContext(file),
                tokens.count(),
                card.parameters(),
                card.template(),
                token(file, tokens, "tokenizer.ggml.bos_token_id"),
                token(file, tokens, "tokenizer.ggml.eos_token_id"));
    }

    static int trainedContext(GgufFile file) {
        long length = ModelCard.of(file).contextLength();
        return length == 0 ? UNKNOWN_CONTEXT : Math.toIntExact(length);
    }

    private static String token(GgufFile file, GgufTokens tokens, String key) {
        long id = file.number(key).orElse(-1);
        return id >= 0 && id < tokens.count() ? tokens.text((int) id) : "";
    }
}
