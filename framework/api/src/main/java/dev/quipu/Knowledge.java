package dev.quipu;

import java.util.List;
import java.util.Optional;

/**
 * What a business knows: reads questions against it, retrieves facts, words them, and checks claims about them.
 *
 * <p>Implementations are thread-safe. Calls block on a database and must not run on an event loop.
 */
public interface Knowledge extends AutoCloseable {
    /**
     * Reads a question.
     *
     * @param focus what the conversation is about; it fills slots that the question leaves open
     */
    Understanding understand(Question question, Focus focus);

    /**
     * Reads the facts for an intent. Private data is read only for the question's own identity, whatever the mentions
     * say.
     *
     * @throws QuipuException if the store cannot be reached or the intent is incomplete
     */
    Retrieval retrieve(Intent intent, Question question);

    /**
     * A reading of a question that can be answered while the store is away, from what is in memory; empty when there is
     * none.
     */
    default Optional<Intent> standIn(Question question) {
        return Optional.empty();
    }

    /**
     * Words an answer from facts and decisions alone, without a model.
     *
     * @param intent the reading that was chosen
     * @param retrieval its facts
     * @param decisions what the policy decided about them, strongest first
     */
    Wording word(Intent intent, Question question, Retrieval retrieval, List<Decision> decisions);

    /**
     * The topic that a policy decides about once the facts of an intent are read; empty when there is nothing to
     * decide. Unless the knowledge says otherwise it is the intent's name up to its first dot.
     */
    default String topic(Intent intent) {
        int dot = intent.name().indexOf('.');
        return dot < 0 ? intent.name() : intent.name().substring(0, dot);
    }

    /**
     * The fixed sentence for a situation, such as {@code unknown} or {@code clarify}, in the question's language; empty
     * when there is none. Dots narrow a situation: who finds no sentence for {@code clarify.order} asks for
     * {@code clarify}.
     */
    String phrase(String key, Question question);

    /** Checks that every number, id and name in a text stands in a fact, a decision or the question. */
    Verification verify(String text, Question question, Retrieval retrieval, List<Decision> decisions);

    /** Whether the store answers now. */
    boolean healthy();

    @Override
    void close();
}
