package dev.quipu.kg;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record of a data file and the records around it.
 *
 * <p>Values are named by dotted fields ({@code address.city}); {@code ^} climbs to the enclosing record, {@code @key} is
 * the record's key in an enclosing object, {@code @value} the record itself, and {@code "{a}={b}"} joins texts.
 *
 * @param row the line or record number in the file, from 1
 */
record DataRecord(JsonNode node, String key, @Nullable DataRecord parent, long row) {
    private static final Pattern HOLE = Pattern.compile("\\{([^}]+)}");

    /** The records below this one at a path. */
    List<DataRecord> at(String path) {
        List<DataRecord> found = List.of(this);
        for (String step : path.split("\\.")) {
            List<DataRecord> next = new ArrayList<>();
            for (DataRecord record : found) {
                record.step(step, this, next);
            }
            found = next;
        }
        return found;
    }

    private void step(String step, DataRecord owner, List<DataRecord> into) {
        if (!step.equals("*")) {
            JsonNode child = node.get(step);
            if (child != null && !child.isNull()) {
                into.add(new DataRecord(child, step, owner, row));
            }
        } else if (node.isObject()) {
            node.properties().forEach(e -> into.add(new DataRecord(e.getValue(), e.getKey(), owner, row)));
        } else {
            int i = 0;
            for (JsonNode element : node) {
                into.add(new DataRecord(element, String.valueOf(i++), owner, row));
            }
        }
    }

    /** The texts of an expression; several where it names an array, none where a part is missing. */
    List<String> texts(String expression) {
        if (!expression.contains("{")) {
            return values(expression).stream().map(DataRecord::text).toList();
        }
        Matcher hole = HOLE.matcher(expression);
        StringBuilder text = new StringBuilder();
        while (hole.find()) {
            List<JsonNode> values = values(hole.group(1));
            if (values.isEmpty()) {
                return List.of();
            }
            hole.appendReplacement(text, Matcher.quoteReplacement(text(values.getFirst())));
        }
        hole.appendTail(text);
        return List.of(text.toString());
    }

    private static String text(JsonNode value) {
        if (value.isContainerNode()) {
            throw new IllegalArgumentException("is an object or a list, where a value is needed");
        }
        return value.asText().strip();
    }

    /** The first text of an expression; none where a part is missing or is no single value. */
    Optional<String> text(String expression) {
        try {
            return texts(expression).stream().filter(t -> !t.isEmpty()).findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private List<JsonNode> values(String expression) {
        if (expression.startsWith("^")) {
            return parent == null ? List.of() : parent.values(expression.substring(1));
        }
        JsonNode at = node;
        switch (expression) {
            case "@key" -> {
                return List.of(new com.fasterxml.jackson.databind.node.TextNode(key));
            }
            case "@value" -> {}
            default -> {
                for (String field : expression.split("\\.")) {
                    JsonNode child =
                            at.isArray() && field.matches("\\d+") ? at.get(Integer.parseInt(field)) : at.get(field);
                    if (child == null || child.isNull()) {
                        return List.of();
                    }
                    at = child;
                }
            }
        }
        List<JsonNode> values = new ArrayList<>();
        if (at.isArray()) {
            at.forEach(v -> {
                if (!v.isNull()) {
                    values.add(v);
                }
            });
        } else if (!at.isNull()) {
            values.add(at);
        }
        return values;
    }
}
