package dev.quipu.server.eval;

import dev.quipu.Answer;
import dev.quipu.Fact;
import java.util.List;
import java.util.Locale;

/**
 * An answer as the answer file holds it.
 *
 * @param seconds from the question to the whole answer
 * @param evidence the sentences it rests on
 * @param path what produced it: {@code template}, {@code cypher}, {@code passages}, {@code model} or
 *     {@code refusal}
 */
public record Reply(String answer, double seconds, List<String> evidence, String path) {
    static Reply of(Answer answer) {
        return new Reply(
                answer.text(),
                answer.millis() / 1000,
                answer.evidence().retrieval().facts().stream().map(Fact::text).toList(),
                answer.path().name().toLowerCase(Locale.ROOT));
    }
}
