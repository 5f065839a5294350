package dev.quipu.training.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A JSON object a line: the forms that training reads ({@code messages}, {@code instruction}/{@code input}/{@code output},
 * {@code prompt}/{@code completion}, {@code text}), {@code conversations} of {@code from} and {@code value}, and any pair of
 * fields that {@link Fields} name.
 */
public record JsonLines(Path file, Fields fields) implements RowSource {
    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void read(Consumer<Row> rows) {
        try (InputLines lines = new InputLines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    rows.accept(row(RowJson.parse(line, lines.place()), lines.place()));
                }
            }
        }
    }

    private Row row(JsonNode json, String place) {
        Content content = RowJson.read(json, place).orElseGet(() -> pair(json, place));
        return new Row(content, Fields.first(fields.group(), name -> value(json, name)), place);
    }

    private Content pair(JsonNode json, String place) {
        String question = Fields.first(fields.user(), name -> value(json, name));
        String answer = Fields.first(fields.assistant(), name -> value(json, name));
        if (question.isEmpty() || answer.isEmpty()) {
            throw DataException.form(
                    place,
                    "has none of \"messages\", \"conversations\", \"output\", \"completion\" and \"text\", nor a question"
                            + " and its answer in fields of usual names",
                    null);
        }
        return RowJson.pair(question, answer);
    }

    private static String value(JsonNode json, String name) {
        JsonNode found = json.path(name);
        if (found.isMissingNode()) {
            for (var field : json.properties()) {
                if (field.getKey().toLowerCase(Locale.ROOT).equals(name)) {
                    found = field.getValue();
                }
            }
        }
        return found.isValueNode() && !found.isNull() ? found.asText() : "";
    }
}
