package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.grammar.Grammar;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tokens of a model. Thread-safe, as llama.cpp's tokenising is, but for what is asked about grammars. */
final class Vocabulary {
    /** More text than any context holds; its tokens are not even counted. */
    private static final int LONGEST_TEXT = 8 << 20;

    private static final int MOST_GRAMMARS = 8;

    private final Llama llama;
    private final MemorySegment vocab;
    private final int size;
    /** Of the grammars that were used last; for the loop's thread alone. */
    private final Map<String, GrammarTokens> grammars = new LinkedHashMap<>(16, 0.75f, true);

    /** The texts of tokens that were drawn, by token, empty for one that ends: each is asked for between two passes. */
    private final ConcurrentMap<Integer, Optional<byte[]>> drawn = new ConcurrentHashMap<>();

    private @Nullable TokenBytes bytes;

    Vocabulary(Llama llama, MemorySegment model) {
        this.llama = llama;
        this.vocab = NativeCall.call(() -> (MemorySegment) llama.modelVocab.invoke(model));
        this.size = NativeCall.call(() -> (int) llama.vocabSize.invoke(vocab));
    }

    MemorySegment handle() {
        return vocab;
    }

    int size() {
        return size;
    }

    int[] tokenize(String text, boolean addBos, boolean special) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > LONGEST_TEXT) {
            throw new EngineException(
                    EngineError.PROMPT_TOO_LONG,
                    "The text has " + utf8.length + " bytes, at most " + LONGEST_TEXT + " are tokenised. Shorten it.");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = Llama.bytes(arena, utf8);
            int room = utf8.length + 16;
            while (true) {
                int capacity = room;
                MemorySegment tokens = arena.allocate(JAVA_INT, capacity);
                int count = NativeCall.call(() ->
                        (int) llama.tokenize.invoke(vocab, bytes, utf8.length, tokens, capacity, addBos, special));
                if (count >= 0) {
                    return tokens.asSlice(0, 4L * count).toArray(JAVA_INT);
                }
                // A space that a vocabulary lacks is spelled in three tokens, so there may be more tokens than bytes.
                room = -count;
                if (room <= capacity) {
                    throw new EngineException(
                            EngineError.DECODE, "llama.cpp could not tokenise a text of " + utf8.length + " bytes.");
                }
            }
        }
    }

    /** The bytes that a reader sees of a token that was drawn, empty for one that ends the text; not to be changed. */
    Optional<byte[]> drawn(int token) {
        return drawn.computeIfAbsent(token, t -> isEnd(t) ? Optional.empty() : Optional.of(piece(t, false)));
    }

    /** The bytes of a token, which may be a part of a character. */
    byte[] piece(int token, boolean special) {
        if (token < 0 || token >= size) {
            throw new EngineException(
                    EngineError.OPTION, "Token " + token + " is not in the vocabulary of " + size + " tokens.");
        }
        try (Arena arena = Arena.ofConfined()) {
            int room = 256;
            while (true) {
                int capacity = room;
                MemorySegment buffer = arena.allocate(capacity);
                int length =
                        NativeCall.call(() -> (int) llama.piece.invoke(vocab, token, buffer, capacity, 0, special));
                if (length >= 0) {
                    return buffer.asSlice(0, length).toArray(JAVA_BYTE);
                }
                room = -length;
            }
        }
    }

    /** Its tokens as a grammar sees them. For the loop's thread. */
    GrammarTokens under(String grammar) {
        GrammarTokens known = grammars.get(grammar);
        if (known == null) {
            if (bytes == null) {
                bytes = new TokenBytes(this);
            }
            known = new GrammarTokens(bytes, Grammar.gbnf(grammar));
            grammars.put(grammar, known);
            if (grammars.size() > MOST_GRAMMARS) {
                grammars.remove(grammars.keySet().iterator().next());
            }
        }
        return known;
    }

    boolean isControl(int token) {
        return NativeCall.call(() -> (boolean) llama.vocabIsControl.invoke(vocab, token));
    }

    boolean isEnd(int token) {
        return NativeCall.call(() -> (boolean) llama.vocabIsEnd.invoke(vocab, token));
    }

    /** A query and a passage as a reranker without a form of its own reads them: each ended, or apart by a separator. */
    int[] pair(String query, String passage) {
        boolean ends = NativeCall.call(() -> (boolean) llama.vocabAddsEos.invoke(vocab));
        boolean separates = NativeCall.call(() -> (boolean) llama.vocabAddsSep.invoke(vocab));
        int end = NativeCall.call(() -> (int) llama.vocabEos.invoke(vocab));
        int separator = NativeCall.call(() -> (int) llama.vocabSep.invoke(vocab));
        IntStream.Builder tokens = IntStream.builder();
        if (NativeCall.call(() -> (boolean) llama.vocabAddsBos.invoke(vocab))) {
            tokens.add(NativeCall.call(() -> (int) llama.vocabBos.invoke(vocab)));
        }
        IntStream.of(tokenize(query, false, false)).forEach(tokens);
        if (ends) {
            tokens.add(end);
        }
        if (separates) {
            tokens.add(separator);
        }
        IntStream.of(tokenize(passage, false, false)).forEach(tokens);
        if (ends) {
            tokens.add(end);
        } else if (separates) {
            tokens.add(separator);
        }
        return tokens.build().filter(token -> token >= 0).toArray();
    }

    String bos() {
        return text(NativeCall.call(() -> (int) llama.vocabBos.invoke(vocab)));
    }

    String eos() {
        return text(NativeCall.call(() -> (int) llama.vocabEos.invoke(vocab)));
    }

    private String text(int token) {
        return token < 0
                ? ""
                : Llama.string(NativeCall.call(() -> (MemorySegment) llama.vocabText.invoke(vocab, token)));
    }
}
