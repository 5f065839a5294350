package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rows of a shop's data files as passages of text, the way a careful text retrieval would cut them: a record a
 * passage, a large record one for each entry of its largest collection with the record's own fields before it, and each
 * paragraph of a policy under its heading.
 */
final class PassageReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGE = 1_500;

    /**
     * A passage.
     *
     * @param owner the customer that it belongs to, empty for everybody's
     */
    record Passage(String id, String text, String owner) {}

    private final List<Passage> passages = new ArrayList<>();

    static List<Passage> read(Path folder) {
        PassageReader reader = new PassageReader();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".json")) {
                    reader.records(name, JSON.readTree(file.toFile()));
                } else if (name.endsWith(".md")) {
                    reader.paragraphs(name, Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new EvalException(EvalError.IO, folder + " cannot be read: " + e.getMessage() + ".", e);
        }
        return reader.passages;
    }

    private void records(String file, JsonNode root) {
        if (root.isObject()) {
            root.properties().forEach(e -> record(file, e.getKey(), e.getValue()));
        } else {
            int i = 0;
            for (JsonNode record : root) {
                record(file, String.valueOf(i++), record);
            }
        }
    }

    private void record(String file, String key, JsonNode record) {
        String owner = record.path("user_id").asText(record.has("email") ? key : "");
        String kind = file.substring(0, file.lastIndexOf('.')).replaceAll("s$", "");
        String whole = flatten(record);
        if (whole.length() <= LARGE) {
            passages.add(new Passage(file + "#" + key, kind + " " + key + ": " + whole, owner));
            return;
        }
        String largest = "";
        int size = 0;
        for (var field : record.properties()) {
            if (field.getValue().isContainerNode()
                    && field.getValue().toString().length() > size) {
                size = field.getValue().toString().length();
                largest = field.getKey();
            }
        }
        StringBuilder head = new StringBuilder(kind).append(' ').append(key).append(": ");
        for (var field : record.properties()) {
            if (!field.getKey().equals(largest)) {
                head.append(field.getKey())
                        .append(' ')
                        .append(flatten(field.getValue()))
                        .append("; ");
            }
        }
        int i = 0;
        for (JsonNode entry : record.get(largest)) {
            passages.add(new Passage(file + "#" + key + "/" + i++, head + flatten(entry), owner));
        }
    }

    private static String flatten(JsonNode node) {
        StringBuilder text = new StringBuilder();
        if (node.isObject()) {
            node.properties()
                    .forEach(e -> text.append(e.getKey())
                            .append(' ')
                            .append(flatten(e.getValue()))
                            .append(", "));
        } else if (node.isArray()) {
            node.forEach(e -> text.append('(').append(flatten(e)).append(") "));
        } else {
            text.append(node.asText());
        }
        return text.toString().replaceAll("[, ]+$", "");
    }

    private void paragraphs(String file, String text) {
        String heading = "";
        int i = 0;
        for (String block : text.split("\\n\\s*\\n")) {
            String paragraph = block.strip();
            if (paragraph.startsWith("#")) {
                heading = paragraph.replaceAll("^#+\\s*", "");
            } else if (!paragraph.isEmpty()) {
                passages.add(new Passage(file + "#" + i++, heading + ": " + paragraph.replaceAll("^- ", ""), ""));
            }
        }
    }
}
