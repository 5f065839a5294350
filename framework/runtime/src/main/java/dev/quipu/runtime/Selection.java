package dev.quipu.runtime;

import dev.quipu.Intent;

/** What came of the readings of a question. */
sealed interface Selection {
    /** One reading is meant. */
    record Chosen(Intent intent) implements Selection {}

    /** Several may be meant, and nobody could tell which. */
    record Unclear() implements Selection {}

    /** Nothing that the knowledge holds is meant. */
    record Unknown() implements Selection {}
}
