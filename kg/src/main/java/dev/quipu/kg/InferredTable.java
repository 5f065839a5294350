package dev.quipu.kg;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The records of a file, or of a list inside of records, with their columns and the lists inside of them. */
final class InferredTable {
    private static final Pattern KEY_NAME =
            Pattern.compile("(?i)(.*[_ ]|)(id|key|number|no|nr|code|sku|tracking|uuid)");
    private static final int DEEPEST = 4;

    private final String name;
    private final int depth;
    private final Map<String, InferredColumn> columns = new LinkedHashMap<>();
    private final Map<String, InferredTable> inner = new LinkedHashMap<>();
    private long records;
    private boolean plain;

    InferredTable(String name, int depth) {
        this.name = name;
        this.depth = depth;
    }

    /** @param keyed whether the records have names of their own in the file */
    void add(DataRecord record, boolean keyed) {
        records++;
        if (!record.node().isObject()) {
            plain = true;
            return;
        }
        if (keyed) {
            column("@key").add(record.key());
        }
        fields("", record.node());
    }

    private InferredColumn column(String of) {
        return columns.computeIfAbsent(of, InferredColumn::new);
    }

    private void fields(String prefix, JsonNode object) {
        object.properties().forEach(field -> {
            String path = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject() && !path.contains(".")) {
                fields(path + ".", value);
            } else if (value.isArray()) {
                list(path, value);
            } else if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
                column(path).add(value.asText().strip());
            }
        });
    }

    private void list(String path, JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            if (element.isObject() && depth < DEEPEST) {
                inner.computeIfAbsent(path, p -> new InferredTable(p, depth + 1))
                        .add(new DataRecord(element, "", null, 0), false);
            } else if (element.isValueNode() && !element.isNull()) {
                texts.add(element.asText().strip());
            }
        }
        if (!texts.isEmpty()) {
            column(path).addList(texts);
        }
    }

    String name() {
        return name;
    }

    long records() {
        return records;
    }

    /** Whether some records are no objects, so that nothing can be said of them. */
    boolean plain() {
        return plain;
    }

    List<InferredColumn> columns() {
        return List.copyOf(columns.values());
    }

    List<InferredTable> inner() {
        return List.copyOf(inner.values());
    }

    /** The column that tells the records apart: one that is named like a key before others, earlier before later. */
    Optional<InferredColumn> key() {
        return columns.values().stream()
                .filter(c -> records > 0 && c.unique(records, namedAsKey(c)))
                .min(Comparator.comparing(c -> !namedAsKey(c)));
    }

    static boolean namedAsKey(InferredColumn column) {
        return column.name().equals("@key")
                || KEY_NAME.matcher(column.name()).matches()
                || column.name().toLowerCase(Locale.ROOT).endsWith("id");
    }
}
