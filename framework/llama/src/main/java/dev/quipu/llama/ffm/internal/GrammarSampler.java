package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.grammar.Automaton;
import dev.quipu.llama.grammar.GrammarException;
import java.util.BitSet;

/** The grammar of a request and how far its text has come. For the loop's thread. */
final class GrammarSampler {
    private final GrammarTokens tokens;
    private Automaton.State state;

    GrammarSampler(GrammarTokens tokens) {
        this.tokens = tokens;
        this.state = tokens.start();
    }

    boolean allows(int token) {
        return bounded(() -> tokens.allows(state, token));
    }

    /** The tokens that may come next. */
    BitSet allowed() {
        return bounded(() -> tokens.allowed(state));
    }

    void accept(int token) {
        state = bounded(() -> tokens.after(state, token));
    }

    /** Whether nothing can follow. */
    boolean finished() {
        return state.mustEnd();
    }

    /** A grammar beyond its bounds ends its own request only. */
    private static <T> T bounded(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (GrammarException e) {
            throw new EngineException(EngineError.GRAMMAR, e.detail(), e);
        }
    }
}
