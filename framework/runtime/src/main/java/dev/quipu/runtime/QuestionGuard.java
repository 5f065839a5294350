package dev.quipu.runtime;

import dev.quipu.ApiError;
import dev.quipu.QuipuException;
import java.text.Normalizer;

/**
 * Lets only well-formed text in. Nothing is repaired but composition and surrounding white space: a text that is too
 * long or holds characters that are no text is refused, with the place and the numbers, never with the text itself.
 */
final class QuestionGuard {
    private static final int MAX_CONVERSATION_CHARS = 200;

    private final int maxChars;

    QuestionGuard(int maxChars) {
        this.maxChars = maxChars;
    }

    /** The text in Unicode normalization form C, without surrounding white space. */
    String admit(String text) {
        requireLength(text.length());
        requireText(text);
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        requireLength(normal.length());
        if (normal.isEmpty()) {
            throw new QuipuException(ApiError.BLANK, "The question is empty. Write a question.");
        }
        return normal;
    }

    /** Checks the name of a conversation, which becomes a key in the log. */
    static void requireConversation(String conversation) {
        if (conversation.isBlank()) {
            throw new QuipuException(ApiError.BLANK, "The conversation has no name. Pass the channel's id of it.");
        }
        if (conversation.length() > MAX_CONVERSATION_CHARS) {
            throw new QuipuException(
                    ApiError.TOO_LONG,
                    "The conversation's name has " + conversation.length() + " characters but may have "
                            + MAX_CONVERSATION_CHARS + ". Pass a shorter id.");
        }
        int bad = firstBad(conversation, false);
        if (bad >= 0) {
            throw malformed("conversation's name", conversation, bad);
        }
    }

    private void requireLength(int length) {
        if (length > maxChars) {
            throw new QuipuException(
                    ApiError.TOO_LONG,
                    "The question has " + length + " characters but may have " + maxChars
                            + ". Shorten it, or raise quipu.runtime.max-question-chars.");
        }
    }

    private static void requireText(String text) {
        int bad = firstBad(text, true);
        if (bad >= 0) {
            throw malformed("question", text, bad);
        }
    }

    private static QuipuException malformed(String what, String text, int at) {
        return new QuipuException(
                ApiError.MALFORMED,
                "The " + what + " holds U+" + "%04X".formatted(text.codePointAt(at)) + " at character " + (at + 1)
                        + ", which is not text. Remove it.");
    }

    private static int firstBad(String text, boolean lines) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            boolean line = lines && (point == '\n' || point == '\r' || point == '\t');
            boolean half = Character.getType(point) == Character.SURROGATE;
            if (half || (Character.isISOControl(point) && !line)) {
                return i;
            }
            i += Character.charCount(point);
        }
        return -1;
    }
}
