package dev.quipu.llama.jni;

import de.kherud.llama.LlamaModel;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.ModelInfo;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTokens;
import dev.quipu.llama.gguf.GgufValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * The tokens of a model.
 *
 * <p>The library always takes texts of special tokens as those tokens and always prints them; which ones these are is
 * known from the model's file.
 */
final class Vocabulary {
    /** More text than any context holds; its tokens are not even counted. */
    private static final int LONGEST_TEXT = 8 << 20;
    /** Tokenizers of byte pairs that begin a text with a token although the file does not say so. */
    private static final Set<String> BEGINNERS = Set.of("llama3", "llama-v3", "llama-bpe", "falcon3");

    private final LlamaModel model;
    private final int size;
    private final BitSet hidden = new BitSet();
    private final List<String> specials = new ArrayList<>();
    private final String bos;
    private final boolean addsBos;

    Vocabulary(LlamaModel model, GgufFile file, GgufTokens tokens, ModelInfo info) {
        this.model = model;
        size = tokens.count();
        for (int i = 0; i < size; i++) {
            if (tokens.special(i)) {
                hidden.set(i);
                specials.add(tokens.text(i));
            }
        }
        bos = info.bosToken();
        addsBos = file.metadata().get("tokenizer.ggml.add_bos_token") instanceof GgufValue.Truth told
                ? told.holds()
                : file.text("tokenizer.ggml.model").orElse("").equals("llama")
                        || BEGINNERS.contains(file.text("tokenizer.ggml.pre").orElse(""));
    }

    int[] tokenize(String text, boolean special) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_TEXT) {
            throw new EngineException(
                    EngineError.PROMPT_TOO_LONG,
                    "The text has " + bytes + " bytes, at most " + LONGEST_TEXT + " are tokenised. Shorten it.");
        }
        if (!special) {
            specials.stream()
                    .filter(s -> !s.isEmpty() && text.contains(s))
                    .findFirst()
                    .ifPresent(found -> {
                        throw new EngineException(
                                EngineError.UNSUPPORTED,
                                "The jni provider cannot take '" + found
                                        + "' as ordinary text. Use the native provider: add quipu-llama-natives.");
                    });
        }
        return text.isEmpty() ? new int[0] : model.encode(text);
    }

    String detokenize(int[] tokens, boolean special) {
        for (int token : tokens) {
            if (token < 0 || token >= size) {
                throw new EngineException(
                        EngineError.OPTION, "Token " + token + " is not in the vocabulary of " + size + " tokens.");
            }
        }
        int[] shown = special
                ? tokens
                : Arrays.stream(tokens).filter(t -> !hidden.get(t)).toArray();
        return model.decode(shown);
    }

    /** The prompt to hand over: the library begins it itself where the model wants that. */
    String withoutBeginning(String prompt) {
        return addsBos && !bos.isEmpty() && prompt.startsWith(bos) ? prompt.substring(bos.length()) : prompt;
    }

    /** The tokens that the library makes of a prompt. */
    int[] prompt(String prompt) {
        int[] tokens = tokenize(withoutBeginning(prompt), true);
        if (!addsBos) {
            return tokens;
        }
        int[] begun = new int[tokens.length + 1];
        System.arraycopy(tokens, 0, begun, 1, tokens.length);
        return begun;
    }

    /** How many tokens a piece of output was. Only characters of several bytes may have been more than one. */
    int count(String piece) {
        return piece.chars().allMatch(c -> c < 0x80) ? 1 : Math.max(1, model.encode(piece).length);
    }
}
