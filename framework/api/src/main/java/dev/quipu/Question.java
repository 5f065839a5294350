package dev.quipu;

/**
 * One message of a customer.
 *
 * @param conversation the conversation it belongs to
 * @param identity who asks, as the channel authenticated them
 * @param text what was written, already checked for length and characters
 * @param language the language of the reply
 */
public record Question(String conversation, Identity identity, String text, Language language) {
    /** A question in the language that its text is written in. */
    public static Question of(String conversation, Identity identity, String text) {
        return new Question(conversation, identity, text, Language.detect(text));
    }
}
