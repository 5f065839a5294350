package dev.quipu.llama.template;

import java.time.Clock;

/**
 * One rendering in progress: where it is, what it has used of its bounds, and the clock it may read. Used by one
 * thread.
 */
final class Execution {
    /** How many characters of text cost as much as one step. */
    private static final int CHARACTERS_A_STEP = 16;

    private final TemplateSource source;
    private final Clock clock;
    private final Limits limits;
    private int offset;
    private int depth;
    private long steps;
    private long characters;

    Execution(TemplateSource source, Clock clock, Limits limits) {
        this.source = source;
        this.clock = clock;
        this.limits = limits;
    }

    Clock clock() {
        return clock;
    }

    Limits limits() {
        return limits;
    }

    /** Moves to a place of the source, for messages, and counts a step. */
    void at(int newOffset) {
        offset = newOffset;
        steps(1);
    }

    int offset() {
        return offset;
    }

    void steps(long count) {
        steps += count;
        if (steps > limits.steps()) {
            throw failure(TemplateError.TOO_MANY_STEPS, "The template needs more than " + limits.steps() + " steps");
        }
    }

    /** Counts a text that is about to be read from end to end. */
    void read(String text) {
        steps(text.length() / CHARACTERS_A_STEP);
    }

    /** Counts a text that is about to be made. */
    void text(long length) {
        characters += length;
        if (length > limits.textCharacters()) {
            throw failure(
                    TemplateError.TOO_MUCH_TEXT,
                    "The template makes a text of more than " + limits.textCharacters() + " characters");
        }
        if (characters > limits.totalCharacters()) {
            throw failure(
                    TemplateError.TOO_MUCH_TEXT,
                    "The template makes more than " + limits.totalCharacters() + " characters of text in all");
        }
        steps(length / CHARACTERS_A_STEP);
    }

    /** Counts a text that was made and wraps it. */
    Value.Text made(String text) {
        text(text.length());
        return new Value.Text(text);
    }

    /** Goes one evaluation deeper; each call needs its {@link #leave}. */
    void enter() {
        if (++depth > limits.evaluation()) {
            throw failure(
                    TemplateError.TOO_DEEP, "The evaluation nests deeper than " + limits.evaluation() + " levels");
        }
    }

    void leave() {
        depth--;
    }

    /** Checks the depth of a list or dictionary inside a value. */
    void valueDepth(int level) {
        if (level > limits.valueNesting()) {
            throw failure(
                    TemplateError.TOO_DEEP,
                    "A value nests deeper than " + limits.valueNesting() + " lists and dictionaries");
        }
    }

    TemplateException failure(TemplateError error, String what) {
        return source.failure(error, offset, what);
    }
}
