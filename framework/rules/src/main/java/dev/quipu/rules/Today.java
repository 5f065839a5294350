package dev.quipu.rules;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * The date on which a decision is made, in the time zone of the policy's clock. Rules ask it instead of the system, so
 * that a decision can be repeated.
 */
public record Today(LocalDate date) {
    /** Days that have passed since a date; negative when the date lies ahead. */
    public long daysSince(LocalDate past) {
        return ChronoUnit.DAYS.between(past, date);
    }

    /** Whether the date lies within a span, both ends included. */
    public boolean within(LocalDate first, LocalDate last) {
        return !date.isBefore(first) && !date.isAfter(last);
    }
}
