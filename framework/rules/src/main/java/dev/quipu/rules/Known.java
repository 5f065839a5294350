package dev.quipu.rules;

import dev.quipu.Fact;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The fact about a row of knowledge: its type and its values by name. */
public final class Known {
    private final Fact fact;

    Known(Fact fact) {
        this.fact = fact;
    }

    public String getId() {
        return fact.id();
    }

    public String getType() {
        return fact.type();
    }

    /** The text of a value, empty when it is missing. */
    public String text(String name) {
        @Nullable Object value = fact.values().get(name);
        return value == null ? "" : value.toString();
    }

    /** The number of a value, NaN when it is missing or not a number. */
    public double number(String name) {
        return fact.values().get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Whether a value is true. */
    public boolean is(String name) {
        return Boolean.TRUE.equals(fact.values().get(name));
    }

    public boolean has(String name) {
        return fact.values().containsKey(name);
    }

    /** Days from a date value ({@code 2026-01-31}) to another day, -1 when the value is missing. */
    public long daysUntil(String name, LocalDate day) {
        return has(name) ? ChronoUnit.DAYS.between(LocalDate.parse(text(name)), day) : -1;
    }
}
