package dev.quipu.training.internal;

import dev.quipu.llama.Engine;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufValue;
import dev.quipu.training.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Examples from texts, with the tokens that begin and end a text where the model wants them. */
public final class TextExamples {
    private final Engine engine;
    private final int length;
    private final OptionalInt begin;
    private final OptionalInt end;

    public TextExamples(Engine engine, GgufFile model, int length) {
        this.engine = engine;
        this.length = length;
        begin = begins(model) ? token(model, "bos") : OptionalInt.empty();
        end = token(model, "eos");
    }

    /** As llama.cpp decides it: SentencePiece begins texts unless the file says otherwise, byte pairs do not. */
    private static boolean begins(GgufFile model) {
        return model.metadata().get("tokenizer.ggml.add_bos_token") instanceof GgufValue.Truth truth
                ? truth.holds()
                : model.text("tokenizer.ggml.model").orElse("").equals("llama");
    }

    private static OptionalInt token(GgufFile model, String which) {
        return model.number("tokenizer.ggml." + which + "_token_id").stream()
                .mapToInt(Math::toIntExact)
                .findFirst();
    }

    public int length() {
        return length;
    }

    /** Whether an example fits a sequence: its last token is only a label. */
    public boolean fits(Example example) {
        return example.tokens().length - 1 <= length;
    }

    /** A whole text in as many examples as it needs; each repeats the last token of the one before, to follow it. */
    public List<Example> pieces(String text) {
        TokenLine line = line().add(engine.tokenize(text, false), true);
        end.ifPresent(e -> line.add(new int[] {e}, true));
        int[] tokens = line.tokens();
        List<Example> pieces = new ArrayList<>();
        for (int from = 0; from + 1 < tokens.length; from += length) {
            pieces.add(Example.text(Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + length + 1))));
        }
        return pieces;
    }

    public List<Example> completion(String prompt, String completion) {
        TokenLine line = line().add(engine.tokenize(prompt, true), false).add(engine.tokenize(completion, true), true);
        end.ifPresent(e -> line.add(new int[] {e}, true));
        return line.example();
    }

    /** What begins a text. */
    TokenLine line() {
        TokenLine line = new TokenLine();
        begin.ifPresent(b -> line.add(new int[] {b}, false));
        return line;
    }
}
