package dev.quipu.server;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of a conversation's id in requests. It becomes a key in logs and files, so it is plain and short. */
final class ConversationId {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}");

    private ConversationId() {}

    /** @throws ServerException if a text is no id */
    static String require(@Nullable String text) {
        if (text == null || !FORM.matcher(text).matches()) {
            throw new ServerException(
                    ServerError.BAD_REQUEST,
                    "A conversation's id has 1 to 128 of the letters A-Z and a-z, digits, and . _ : @ -, and begins"
                            + " with a letter or digit. Correct it.");
        }
        return text;
    }
}
