package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.grammar.Automaton;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The bytes of all tokens, in their order, so that a grammar can be asked about a whole vocabulary at once: tokens that
 * begin alike are walked together, and what follows a beginning that the grammar refuses is passed over.
 */
final class TokenBytes {
    private final byte[][] pieces;
    private final int[] ordered;
    /** Bytes that a token in this order has in common with the one before it. */
    private final int[] shared;

    private final BitSet ends = new BitSet();
    private final BitSet controls = new BitSet();

    TokenBytes(Vocabulary vocabulary) {
        pieces = new byte[vocabulary.size()][];
        for (int token = 0; token < pieces.length; token++) {
            pieces[token] = vocabulary.piece(token, true);
            ends.set(token, vocabulary.isEnd(token));
            controls.set(token, vocabulary.isControl(token));
        }
        ordered = IntStream.range(0, pieces.length)
                .filter(t -> pieces[t].length > 0 && !ends.get(t))
                .boxed()
                .sorted((a, b) -> Arrays.compareUnsigned(pieces[a], pieces[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        shared = new int[ordered.length];
        for (int i = 1; i < ordered.length; i++) {
            int same = Arrays.mismatch(pieces[ordered[i - 1]], pieces[ordered[i]]);
            shared[i] = same < 0 ? pieces[ordered[i]].length : same;
        }
    }

    byte[] of(int token) {
        return pieces[token];
    }

    /** Tokens that end a text. */
    BitSet ends() {
        return ends;
    }

    /** Control tokens whose text a grammar does not hold: they would pass for text that is not written. */
    BitSet controlsNotIn(String grammar) {
        BitSet others = (BitSet) controls.clone();
        controls.stream()
                .filter(t -> grammar.contains(new String(pieces[t], StandardCharsets.UTF_8)))
                .forEach(others::clear);
        return others;
    }

    /** Tokens after which the text can still become one of the grammar's. */
    BitSet leadingOn(Automaton.State start) {
        BitSet alive = new BitSet(pieces.length);
        Automaton.State[] path = new Automaton.State[64];
        path[0] = start;
        int refused = Integer.MAX_VALUE;
        for (int i = 0; i < ordered.length; i++) {
            if (shared[i] > refused) {
                continue;
            }
            byte[] piece = pieces[ordered[i]];
            if (path.length <= piece.length) {
                path = Arrays.copyOf(path, 2 * piece.length);
            }
            refused = Integer.MAX_VALUE;
            for (int at = shared[i]; at < piece.length && refused == Integer.MAX_VALUE; at++) {
                path[at + 1] = path[at].after(piece[at] & 0xff);
                refused = path[at + 1].dead() ? at : refused;
            }
            if (refused == Integer.MAX_VALUE) {
                alive.set(ordered[i]);
            }
        }
        return alive;
    }
}
