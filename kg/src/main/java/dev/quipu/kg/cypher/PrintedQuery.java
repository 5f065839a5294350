package dev.quipu.kg.cypher;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query as it is run.
 *
 * @param parameters its values; none of them stands in the text
 * @param columns what its columns {@code c1}, {@code c2}, … are
 * @param own whether it reads data of the asking customer
 */
record PrintedQuery(String cypher, Map<String, Object> parameters, List<Expression> columns, boolean own) {
    PrintedQuery {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        columns = List.copyOf(columns);
    }
}
