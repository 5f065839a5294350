package dev.quipu.samples.tickets;

import java.util.Locale;

/** What tickets are for. No wording, surrounding, product, order or name is in two of them. */
enum Split {
    /** To learn from. */
    TRAIN,
    /** To choose settings by. */
    VALIDATION,
    /** For the figures that are told, and for nothing else. */
    TEST;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
