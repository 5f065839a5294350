package dev.quipu;

import java.util.List;
import java.util.Map;

/**
 * What a business knows: reads questions against it, retrieves facts, words them, and checks claims about them.
 *
 * <p>Implementations are thread-safe. Calls block on a database and must not run on an event loop.
 */
public interface Knowledge extends AutoCloseable {
    /**
     * Reads a question.
     *
     * @param focus mentions of earlier turns of the same conversation, latest first; they fill slots that the question
     *     leaves open
     */
    Understanding understand(Question question, List<Mention> focus);

    /**
     * Reads the facts for an intent. Private data is read only for the question's own identity, whatever the mentions
     * say.
     *
     * @throws QuipuException if the store cannot be reached or the intent is incomplete
     */
    Retrieval retrieve(Intent intent, Question question);

    /** Whether an intent reads data that belongs to the asking customer. */
    boolean isPrivate(Intent intent);

    /** The policy topic that decides about an intent's facts; empty when no rule has to decide. */
    String topic(Intent intent);

    /**
     * Words an answer from facts and decisions alone, without a model.
     *
     * @param intent the reading that was chosen
     * @param retrieval its facts
     * @param decisions what the policy decided about them, strongest first
     */
    Wording word(Intent intent, Question question, Retrieval retrieval, List<Decision> decisions);

    /** The fixed sentence for a situation, such as {@code unknown} or {@code clarify}, in the question's language. */
    String phrase(String key, Question question);

    /** As {@link #phrase(String, Question)}, with values for its holes. */
    String phrase(String key, Question question, Map<String, Object> values);

    /** Checks that every number, id and name in a text stands in a fact, a decision or the question. */
    Verification verify(String text, Question question, Retrieval retrieval, List<Decision> decisions);

    /** Whether the store answers now. */
    boolean healthy();

    @Override
    void close();
}
