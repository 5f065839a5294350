package dev.quipu.kg;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result.
 *
 * @param values by column: strings, booleans, longs, doubles, lists, maps, {@link GraphValue}s; a null is absent
 */
public record Row(Map<String, Object> values) {
    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public @Nullable Object get(String column) {
        return values.get(column);
    }

    /** The text of a column that is never null. */
    public String text(String column) {
        return value(column).toString();
    }

    /** The whole number of a column that is never null. */
    public long number(String column) {
        return ((Number) value(column)).longValue();
    }

    private Object value(String column) {
        Object value = values.get(column);
        if (value == null) {
            throw new GraphException(GraphError.REJECTED, "The result has no value in column '" + column + "'.");
        }
        return value;
    }
}
