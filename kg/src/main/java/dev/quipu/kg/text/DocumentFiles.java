package dev.quipu.kg.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents from files: JSON lines of {@code source} (or {@code id}), {@code title}, {@code text}, {@code aliases},
 * {@code tenant}, {@code validFrom} and {@code validTo}; Markdown, whose first heading is the title; plain text, whose
 * title is the file's name; HTML, PDF and DOCX by {@link RichText}. A folder is read with all such files in it, and a
 * file's source is its path inside of it.
 */
public final class DocumentFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+?)\\s*#*\\s*$");
    private static final Pattern KNOWN = Pattern.compile("jsonl|md|txt|html?|pdf|docx");

    private DocumentFiles() {}

    /** @throws GraphException that names the file and the line, if one cannot be read */
    public static List<Document> read(Path fileOrFolder) {
        List<Document> documents = new ArrayList<>();
        each(fileOrFolder, documents::add, e -> {
            throw e;
        });
        return documents;
    }

    /**
     * Reads one document after the other, so that a folder need not fit into memory.
     *
     * @param failures takes the files of a folder that cannot be read
     * @throws GraphException if a file that is named itself cannot be read
     */
    public static void each(Path fileOrFolder, Consumer<Document> documents, Consumer<GraphException> failures) {
        if (!Files.isDirectory(fileOrFolder)) {
            file(fileOrFolder, String.valueOf(fileOrFolder.getFileName()), documents);
            return;
        }
        for (Path file : files(fileOrFolder)) {
            if (!KNOWN.matcher(ending(file)).matches()) {
                continue;
            }
            try {
                file(file, fileOrFolder.relativize(file).toString().replace('\\', '/'), documents);
            } catch (GraphException e) {
                failures.accept(e);
            }
        }
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

    private static void file(Path file, String source, Consumer<Document> documents) {
        String ending = ending(file);
        try {
            switch (ending) {
                case "jsonl" -> lines(file, documents);
                case "md" -> documents.accept(markdown(source, Files.readString(file)));
                case "txt" -> documents.accept(Document.of(source, name(file), Files.readString(file)));
                case "html", "htm", "pdf", "docx" -> {
                    RichText.Read read = RichText.STANDARD.read(file, ending);
                    documents.accept(
                            Document.of(source, read.title().isEmpty() ? name(file) : read.title(), read.text()));
                }
                default ->
                    throw new GraphException(
                            GraphError.DOCUMENT,
                            file + " is of no known form. Documents are .jsonl, .md, .txt, .html, .pdf and .docx files,"
                                    + " and folders of them.");
            }
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

    private static void lines(Path file, Consumer<Document> documents) throws IOException {
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (@Nullable String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    documents.accept(line(file, number, line));
                }
            }
        }
    }

    private static Document line(Path file, int number, String line) {
        try {
            return document(JSON.readTree(line));
        } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
            throw new GraphException(
                    GraphError.DOCUMENT,
                    file + ":" + number + " is no document: " + e.getMessage() + ". Correct the line.",
                    e);
        }
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
