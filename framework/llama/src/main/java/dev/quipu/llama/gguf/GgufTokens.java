package dev.quipu.llama.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The vocabulary of a model's file: texts and kinds of its tokens. */
public final class GgufTokens {
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;

    private final TokenTable texts;
    private final int[] types;

    private GgufTokens(TokenTable texts, int[] types) {
        this.texts = texts;
        this.types = types;
    }

    /**
     * @param file the file that the header was read from
     * @throws GgufException if it has no vocabulary, or one that is too large
     */
    public static GgufTokens read(Path file, GgufFile header) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            HeaderReader in = new HeaderReader(channel);
            GgufValue.Array tokens = header.array("tokenizer.ggml.tokens")
                    .orElseThrow(() -> new GgufException(GgufError.VOCABULARY, file + " has no vocabulary."));
            TokenTable texts = TokenTable.read(in, tokens);
            int[] types = new int[texts.count()];
            Optional<GgufValue.Array> given = header.array("tokenizer.ggml.token_type");
            if (given.isPresent() && given.get().count() == types.length) {
                in.moveTo(given.get().position());
                for (int i = 0; i < types.length; i++) {
                    types[i] = in.readInt("the type of a token");
                }
            }
            return new GgufTokens(texts, types);
        } catch (IOException e) {
            throw new GgufException(GgufError.UNREADABLE, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    public int count() {
        return texts.count();
    }

    /** @param token from 0 to {@link #count} */
    public String text(int token) {
        return texts.token(token);
    }

    /** Whether a token stands for something else than its text: a control token, or the one for unknown text. */
    public boolean special(int token) {
        return types[token] == CONTROL || types[token] == UNKNOWN;
    }
}
