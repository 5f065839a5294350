package dev.quipu.runtime;

import java.text.Normalizer;

/** Checks a message before anything reads it, and brings it into one form. */
final class Guard {
    private static final int NAME_LIMIT = 200;

    private final int limit;

    Guard(int limit) {
        this.limit = limit;
    }

    /** The message in Unicode NFC without control characters; line breaks become spaces. */
    String check(String conversation, String text) {
        if (conversation.isBlank() || conversation.length() > NAME_LIMIT || hasControls(conversation)) {
            throw new ConversationException(
                    RuntimeError.MALFORMED,
                    "The conversation's name has " + conversation.length() + " characters; use 1 to " + NAME_LIMIT
                            + " printable ones.");
        }
        if (text.length() > limit) {
            throw new ConversationException(
                    RuntimeError.TOO_LONG,
                    "The message has " + text.length() + " characters, at most " + limit
                            + " are read. Shorten it or raise quipu.runtime.max-question-chars.");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (paired) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new ConversationException(
                        RuntimeError.MALFORMED, "The message has half a character at position " + i + ". Send UTF-8.");
            }
        }
        String clean = Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("[\\p{Cc}\\s]+", " ")
                .strip();
        if (clean.isEmpty()) {
            throw new ConversationException(RuntimeError.EMPTY, "The message is empty. Send a question.");
        }
        return clean;
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
