package dev.quipu.llama;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How likely a token was that was drawn, before temperature, penalties and grammar.
 *
 * @param token what was drawn
 * @param top the likeliest tokens at its place, the likeliest first; as many as were asked for
 */
public record TokenLikelihood(Scored token, List<Scored> top) {
    public TokenLikelihood {
        top = List.copyOf(top);
    }

    /**
     * A token with its probability.
     *
     * @param id in the vocabulary
     * @param bytes of its text, from 0 to 255; a part of a character is possible
     * @param logarithm natural, of its probability
     */
    public record Scored(int id, List<Integer> bytes, double logarithm) {
        public Scored {
            bytes = List.copyOf(bytes);
        }

        /** Its text; bytes that are no whole character are replaced. */
        public String text() {
            byte[] utf8 = new byte[bytes.size()];
            for (int i = 0; i < utf8.length; i++) {
                utf8[i] = bytes.get(i).byteValue();
            }
            return new String(utf8, StandardCharsets.UTF_8);
        }
    }
}
