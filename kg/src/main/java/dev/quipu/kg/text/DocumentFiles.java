package dev.quipu.kg.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads documents from files: JSON lines of {@code source} (or {@code id}), {@code title}, {@code text}, {@code aliases},
 * {@code tenant}, {@code validFrom} and {@code validTo}; Markdown, whose first heading is the title; plain text, whose
 * title is the file's name. A folder is read with all such files in it, and a file's source is its path inside of it.
 */
public final class DocumentFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+?)\\s*#*\\s*$");

    private DocumentFiles() {}

    /** @throws GraphException that names the file and the line, if one cannot be read */
    public static List<Document> read(Path fileOrFolder) {
        if (!Files.isDirectory(fileOrFolder)) {
            return file(fileOrFolder, String.valueOf(fileOrFolder.getFileName()));
        }
        List<Document> documents = new ArrayList<>();
        for (Path file : files(fileOrFolder)) {
            String source = fileOrFolder.relativize(file).toString().replace('\\', '/');
            if (ending(file).matches("jsonl|md|txt")) {
                documents.addAll(file(file, source));
            }
        }
        return documents;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static List<Document> file(Path file, String source) {
        try {
            return switch (ending(file)) {
                case "jsonl" -> lines(file);
                case "md" -> List.of(markdown(source, Files.readString(file)));
                case "txt" -> List.of(Document.of(source, name(file), Files.readString(file)));
                default ->
                    throw new GraphException(
                            GraphError.DOCUMENT,
                            file
                                    + " is of no known form. Documents are .jsonl, .md and .txt files, and folders of them.");
            };
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static GraphException unreadable(Path file, IOException e) {
        return new GraphException(
                GraphError.DOCUMENT, file + " cannot be read as UTF-8: " + e.getMessage() + ". Correct its path.", e);
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static Document markdown(String source, String text) {
        Matcher heading = HEADING.matcher(text);
        return heading.find()
                ? Document.of(source, heading.group(1), heading.replaceFirst("").strip())
                : Document.of(source, "", text.strip());
    }

    private static List<Document> lines(Path file) throws IOException {
        List<Document> documents = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                documents.add(document(JSON.readTree(line)));
            } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
                throw new GraphException(
                        GraphError.DOCUMENT,
                        file + ":" + number + " is no document: " + e.getMessage() + ". Correct the line.",
                        e);
            }
        }
        return documents;
    }

    private static Document document(JsonNode node) {
        String source = node.path("source").asText(node.path("id").asText(""));
        if (source.isBlank() || !node.path("text").isTextual()) {
            throw new IllegalArgumentException("it needs 'source' and 'text'");
        }
        List<String> aliases = new ArrayList<>();
        node.path("aliases").forEach(a -> aliases.add(a.asText()));
        return new Document(
                source,
                node.path("title").asText(""),
                node.path("text").asText(),
                aliases,
                node.path("tenant").asText(""),
                new Validity(
                        moment(node.path("validFrom")).orElse(Instant.MIN),
                        moment(node.path("validTo")).orElse(Instant.MAX)));
    }

    private static Optional<Instant> moment(JsonNode node) {
        return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
    }
}
