package dev.quipu.kg;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.Mapping.SourceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the records of a JSON document, or of a file with one JSON value a line. */
final class JsonRecords {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final SourceFile source;
    private final Consumer<BadRow> bad;

    JsonRecords(SourceFile source, Consumer<BadRow> bad) {
        this.source = source;
        this.bad = bad;
    }

    void readLines(BufferedReader reader, Consumer<DataRecord> records) throws IOException {
        long row = 0;
        for (@Nullable String line = reader.readLine(); line != null; line = reader.readLine()) {
            row++;
            if (line.isBlank()) {
                continue;
            }
            try {
                records.accept(new DataRecord(clean(JSON.readTree(line)), String.valueOf(row), null, row));
            } catch (JsonProcessingException e) {
                bad.accept(new BadRow(source.file(), row, "", "is not JSON: " + e.getOriginalMessage()));
            }
        }
    }

    /** Streams the values below the path's first {@code *}; what follows it is resolved within each of them. */
    void readDocument(Reader reader, Consumer<DataRecord> records) throws IOException {
        String[] steps = source.records().path().split("\\.");
        int star = List.of(steps).indexOf("*");
        try (JsonParser parser = JSON.createParser(reader)) {
            if (parser.nextToken() == null) {
                return;
            }
            List<String> rest = star < 0 ? List.of() : List.of(steps).subList(star + 1, steps.length);
            boolean found = true;
            for (int i = 0; i < (star < 0 ? steps.length : star) && found; i++) {
                found = enter(parser, steps[i]);
            }
            if (!found) {
                throw new GraphException(
                        GraphError.DATA,
                        source.file() + " has nothing at '" + source.records().path() + "'. Correct the rows' path.");
            }
            long[] row = {0};
            if (star < 0) {
                emit(parser, steps[steps.length - 1], rest, row, records);
                return;
            }
            boolean object = parser.currentToken() == JsonToken.START_OBJECT;
            if (!object && parser.currentToken() != JsonToken.START_ARRAY) {
                throw new GraphException(
                        GraphError.DATA,
                        source.file() + " has neither an object nor an array at '"
                                + source.records().path() + "'. Correct the rows' path.");
            }
            for (int i = 0; next(parser, object); i++) {
                String key = object ? parser.currentName() : String.valueOf(i);
                if (object) {
                    parser.nextToken();
                }
                emit(parser, key, rest, row, records);
            }
        } catch (JsonProcessingException e) {
            throw new GraphException(
                    GraphError.DATA,
                    source.file() + ":"
                            + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()) + " is not JSON: "
                            + e.getOriginalMessage() + ". Correct the file.",
                    e);
        }
    }

    private static boolean next(JsonParser parser, boolean object) throws IOException {
        return parser.nextToken() != (object ? JsonToken.END_OBJECT : JsonToken.END_ARRAY);
    }

    /** Moves to the value of a field, which may be missing. */
    private static boolean enter(JsonParser parser, String field) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean here = parser.currentName().equals(field);
            parser.nextToken();
            if (here) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private void emit(JsonParser parser, String key, List<String> rest, long[] row, Consumer<DataRecord> records)
            throws IOException {
        JsonNode node = parser.currentToken() == JsonToken.VALUE_NULL
                ? JSON.nullNode()
                : clean(JSON.reader()
                        .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .readTree(parser));
        DataRecord top = new DataRecord(node, key, null, row[0] + 1);
        List<DataRecord> found = rest.isEmpty() ? List.of(top) : top.at(String.join(".", rest));
        for (DataRecord record : found) {
            records.accept(new DataRecord(record.node(), record.key(), null, ++row[0]));
        }
    }

    /** Removes the texts that mean "missing", at any depth. */
    private JsonNode clean(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> missing = new ArrayList<>();
            object.properties().forEach(e -> {
                if (isMissing(e.getValue())) {
                    missing.add(e.getKey());
                } else {
                    clean(e.getValue());
                }
            });
            object.remove(missing);
        } else if (node instanceof ArrayNode array) {
            array.forEach(this::clean);
        }
        return node;
    }

    private boolean isMissing(JsonNode value) {
        return value.isTextual() && source.nulls().contains(value.asText().strip());
    }
}
