package dev.quipu.kg.text;

import java.time.Instant;

/**
 * When something holds.
 *
 * @param from the first moment
 * @param to the first moment after it
 */
public record Validity(Instant from, Instant to) {
    public static final Validity ALWAYS = new Validity(Instant.MIN, Instant.MAX);

    public boolean holdsAt(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }
}
