package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.grammar.Automaton;
import dev.quipu.llama.grammar.Grammar;
import java.util.BitSet;
import java.util.IdentityHashMap;

/** The tokens of a vocabulary as a grammar sees them. What was found out is kept for further requests of the grammar. */
final class GrammarTokens {
    private static final int MOST_MASKS = 256;

    private final TokenBytes tokens;
    private final Automaton automaton;
    private final BitSet barred;
    private final IdentityHashMap<Automaton.State, BitSet> masks = new IdentityHashMap<>();

    GrammarTokens(TokenBytes tokens, Grammar grammar) {
        this.tokens = tokens;
        this.automaton = Automaton.of(grammar);
        this.barred = tokens.controlsNotIn(grammar.gbnf());
    }

    Automaton.State start() {
        return automaton.start();
    }

    boolean allows(Automaton.State state, int token) {
        if (tokens.ends().get(token)) {
            return state.mayEnd();
        }
        return !barred.get(token)
                && tokens.of(token).length > 0
                && !after(state, token).dead();
    }

    Automaton.State after(Automaton.State state, int token) {
        if (tokens.ends().get(token)) {
            return state;
        }
        Automaton.State next = state;
        for (byte b : tokens.of(token)) {
            next = next.after(b & 0xff);
        }
        return next;
    }

    BitSet allowed(Automaton.State state) {
        BitSet known = masks.get(state);
        if (known == null) {
            known = tokens.leadingOn(state);
            known.andNot(barred);
            if (state.mayEnd()) {
                known.or(tokens.ends());
            }
            if (masks.size() >= MOST_MASKS) {
                masks.clear();
            }
            masks.put(state, known);
        }
        return known;
    }
}
