package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of a shop's data files as passages of text, the way a careful text retrieval would cut them: a record a
 * passage with its plain fields first, a large record in as few passages as hold the entries of its largest collection,
 * each under the record's other fields, and a policy in its paragraphs, those of one heading together.
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
        String head = file.substring(0, file.lastIndexOf('.')).replaceAll("s$", "") + " " + key + ": ";
        String whole = flatten(record, key);
        if (head.length() + whole.length() <= LARGE || !record.isObject()) {
            passages.add(new Passage(file + "#" + key, head + whole, owner));
            return;
        }
        String largest = largest(record);
        ObjectNode rest = record.deepCopy();
        JsonNode entries = rest.remove(largest);
        List<String> pieces = new ArrayList<>();
        entries.forEach(entry -> pieces.add("(" + flatten(entry, "") + ")"));
        pack(file + "#" + key, head + flatten(rest, key) + ", " + largest + " ", pieces, " ", owner);
    }

    private static String largest(JsonNode record) {
        return record.properties().stream()
                .filter(field -> field.getValue().isContainerNode())
                .max(Comparator.comparingInt(
                        field -> field.getValue().toString().length()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /** Fills passages that begin with a head with as many pieces as they hold. */
    private void pack(String id, String head, List<String> pieces, String between, String owner) {
        StringBuilder text = new StringBuilder(head);
        int part = 0;
        for (String piece : pieces) {
            if (text.length() > head.length() && text.length() + piece.length() > LARGE) {
                passages.add(new Passage(id + "/" + part++, text.toString().strip(), owner));
                text = new StringBuilder(head);
            }
            text.append(piece).append(between);
        }
        passages.add(new Passage(id + "/" + part, text.toString().strip(), owner));
    }

    /** A record in words: plain fields before nested ones; what only repeats the key that it stands under is left out. */
    private static String flatten(JsonNode node, String key) {
        if (node.isObject()) {
            Stream<Map.Entry<String, JsonNode>> plain =
                    node.properties().stream().filter(e -> e.getValue().isValueNode());
            Stream<Map.Entry<String, JsonNode>> nested =
                    node.properties().stream().filter(e -> e.getValue().isContainerNode());
            return Stream.concat(plain, nested)
                    .filter(e -> !e.getValue().asText().equals(key) || key.isEmpty())
                    .map(e -> e.getKey().replace('_', ' ') + " " + flatten(e.getValue(), e.getKey()))
                    .collect(Collectors.joining(", "));
        }
        if (node.isArray()) {
            List<String> entries = new ArrayList<>();
            node.forEach(e -> entries.add(e.isValueNode() ? e.asText() : "(" + flatten(e, "") + ")"));
            return String.join(" ", entries);
        }
        // Amounts of money lose their last zero in a JSON number.
        return node.isFloatingPointNumber() && node.decimalValue().scale() < 2
                ? node.decimalValue().setScale(2).toPlainString()
                : node.asText();
    }

    private void paragraphs(String file, String text) {
        String heading = "";
        List<String> under = new ArrayList<>();
        int i = 0;
        for (String block : text.split("\\n\\s*\\n")) {
            String paragraph = block.strip();
            if (paragraph.startsWith("#")) {
                if (!under.isEmpty()) {
                    pack(file + "#" + i++, heading + ": ", under, " ", "");
                }
                under.clear();
                heading = paragraph.replaceAll("^#+\\s*", "");
            } else if (!paragraph.isEmpty()) {
                under.add(paragraph.replaceAll("^- ", ""));
            }
        }
        if (!under.isEmpty()) {
            pack(file + "#" + i, heading + ": ", under, " ", "");
        }
    }
}
