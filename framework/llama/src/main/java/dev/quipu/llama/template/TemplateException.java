package dev.quipu.llama.template;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A template cannot be parsed, or cannot be rendered for a conversation. */
public final class TemplateException extends QuipuException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final int line;
    private final int column;

    TemplateException(TemplateError error, String what, int line, int column, @Nullable Throwable cause) {
        super(error, what + " " + error.remedy(), cause);
        this.what = what;
        this.line = line;
        this.column = column;
    }

    /** A failure that belongs to no place in a template. */
    TemplateException(TemplateError error, String what) {
        this(error, what, 0, 0, null);
    }

    /** The line of the template, from 1; 0 when the failure has no place in it. */
    public int line() {
        return line;
    }

    /** The column in that line, from 1; 0 when the failure has no place in the template. */
    public int column() {
        return column;
    }

    /** The message without its code and remedy. */
    String what() {
        return what;
    }
}
