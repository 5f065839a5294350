package dev.quipu.rules;

import dev.quipu.Fact;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A fact, as rules see it. A decision of a rule that matches it cites it.
 *
 * <p>Reading a value that is missing or of another type fails the rule, and with it the request: an undelivered order
 * has no {@code deliveredAt}, and guessing one would decide wrongly. Rules ask {@link #has} first, in the same pattern:
 *
 * <pre>{@code
 * Known(type == "order", has("deliveredAt"), $delivered : date("deliveredAt"))
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Known {
    private final String id;
    private final String type;
    private final Map<String, Object> values;

    private Known(String id, String type, Map<String, Object> values) {
        this.id = id;
        this.type = type;
        this.values = values;
    }

    static Known of(Fact fact) {
        return new Known(fact.id(), fact.type(), fact.values());
    }

    /** How an answer cites it. */
    public String id() {
        return id;
    }

    /** What it is about: {@code order}, {@code variant}, {@code policy}. */
    public String type() {
        return type;
    }

    /** Whether it has a value of this name. A blank text is no value. */
    public boolean has(String name) {
        Object value = values.get(name);
        return value != null && !(value instanceof String text && text.isBlank());
    }

    /** Whether a value is there and is this text. */
    public boolean is(String name, String text) {
        return has(name) && text(name).equals(text);
    }

    /**
     * A text.
     *
     * @throws RulesException if it is missing or not a text
     */
    public String text(String name) {
        return value(name, String.class, "a text");
    }

    /**
     * A number.
     *
     * @throws RulesException if it is missing or not a number
     */
    public double number(String name) {
        return value(name, Number.class, "a number").doubleValue();
    }

    /**
     * Yes or no.
     *
     * @throws RulesException if it is missing or neither true nor false
     */
    public boolean flag(String name) {
        return value(name, Boolean.class, "true or false");
    }

    /**
     * The date of an ISO date or date and time, such as {@code 2026-11-20} or {@code 2026-11-20T09:30:00Z}.
     *
     * @throws RulesException if it is missing or not such a date
     */
    public LocalDate date(String name) {
        String text = text(name);
        try {
            return LocalDate.parse(text.length() > 10 && text.charAt(10) == 'T' ? text.substring(0, 10) : text);
        } catch (DateTimeException e) {
            throw new RulesException(
                    RulesError.FACT_VALUE,
                    "The value %s of fact %s (%s) is no date: %s. Store dates as 2026-11-20."
                            .formatted(name, id, type, text),
                    e);
        }
    }

    /**
     * A list, of texts or numbers as they are stored.
     *
     * @throws RulesException if it is missing or not a list
     */
    public List<?> list(String name) {
        return value(name, List.class, "a list");
    }

    private <T> T value(String name, Class<T> wanted, String article) {
        Object value = values.get(name);
        if (wanted.isInstance(value) && has(name)) {
            return wanted.cast(value);
        }
        String found = has(name) && value != null
                ? "is not " + article + " but " + value.getClass().getSimpleName()
                : "is missing";
        throw new RulesException(
                RulesError.FACT_VALUE,
                "The value %s of fact %s (%s) %s; it has %s. Ask has(\"%s\") first, or let the query return it."
                        .formatted(name, id, type, found, values.keySet(), name));
    }

    @Override
    public String toString() {
        return type + " " + id;
    }
}
