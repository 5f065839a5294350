package dev.quipu.llama;

/** Why a generation ended. */
public enum FinishReason {
    /** The model ended its text. */
    END,
    /** A stop text came. */
    STOP_TEXT,
    /** The token limit was reached. */
    LENGTH,
    /** The reader cancelled. */
    CANCELLED
}
