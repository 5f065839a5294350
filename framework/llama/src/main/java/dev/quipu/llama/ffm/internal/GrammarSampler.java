package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The grammar of a request and how far its text has come. */
final class GrammarSampler implements AutoCloseable {
    private final Llama llama;
    private final MemorySegment sampler;
    private final Arena arena = Arena.ofConfined();
    private final Candidates candidates;
    private final Candidates one;

    private GrammarSampler(Llama llama, MemorySegment sampler, int vocabulary) {
        this.llama = llama;
        this.sampler = sampler;
        this.candidates = new Candidates(llama, arena, vocabulary);
        this.one = new Candidates(llama, arena, 1);
    }

    static GrammarSampler of(Llama llama, Vocabulary vocabulary, String grammar) {
        try (Arena texts = Arena.ofConfined()) {
            MemorySegment sampler = NativeCall.call(() -> (MemorySegment) llama.samplerGrammar.invoke(
                    vocabulary.handle(), texts.allocateFrom(grammar), texts.allocateFrom("root")));
            if (sampler.address() == 0) {
                String start = grammar.substring(0, Math.min(80, grammar.length()));
                throw new EngineException(
                        EngineError.GRAMMAR,
                        "llama.cpp cannot build the grammar that starts with: " + start.replace('\n', ' '));
            }
            return new GrammarSampler(llama, sampler, vocabulary.size());
        }
    }

    /** Room for the whole vocabulary. */
    Candidates candidates() {
        return candidates;
    }

    boolean allows(int token) {
        one.only(token);
        one.apply(sampler);
        return one.any();
    }

    void restrict(Candidates all) {
        all.apply(sampler);
    }

    void accept(int token) {
        NativeCall.call(() -> {
            llama.samplerAccept.invoke(sampler, token);
            return true;
        });
    }

    @Override
    public void close() {
        NativeCall.call(() -> {
            llama.samplerFree.invoke(sampler);
            return true;
        });
        arena.close();
    }
}
