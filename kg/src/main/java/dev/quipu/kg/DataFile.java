package dev.quipu.kg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.Mapping.SourceFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the records of a data file. */
final class DataFile {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final List<Charset> GUESSES =
            List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"), Charset.forName("windows-1252"));

    private final SourceFile source;
    private final Path path;
    private final Consumer<String> notes;

    /** @param notes hears of decisions that were taken, such as a guessed encoding */
    DataFile(SourceFile source, Path folder, Consumer<String> notes) {
        this.source = source;
        this.path = folder.resolve(source.file());
        this.notes = notes;
    }

    /** The records that the source's path names; a line that cannot be read goes to {@code bad}. */
    List<DataRecord> records(Consumer<BadRow> bad) {
        try {
            String text = decode(Files.readAllBytes(path));
            return switch (source.format()) {
                case CSV -> csv(text, bad);
                case JSON -> json(text);
                case JSONL -> jsonl(text, bad);
            };
        } catch (IOException e) {
            throw new GraphException(GraphError.DATA, path + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private String decode(byte[] bytes) {
        if (bytes.length > 2 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb && (bytes[2] & 0xff) == 0xbf) {
            return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
        }
        if (source.charset().isPresent()) {
            return new String(bytes, Charset.forName(source.charset().get()));
        }
        for (Charset guess : GUESSES) {
            try {
                String text = guess.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                if (!guess.equals(StandardCharsets.UTF_8)) {
                    notes.accept(source.file() + " is not UTF-8: read as " + guess + ". Name its charset to be sure.");
                }
                return text;
            } catch (CharacterCodingException next) {
                // The next guess may fit.
            }
        }
        throw new GraphException(GraphError.DATA, path + " is in no encoding that is tried; name its charset.");
    }

    private List<DataRecord> csv(String text, Consumer<BadRow> bad) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(source.delimiter())
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        List<DataRecord> records = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            List<String> header = parser.getHeaderNames();
            for (CSVRecord line : parser) {
                long row = parser.getCurrentLineNumber();
                if (line.size() != header.size()) {
                    bad.accept(new BadRow(
                            source.file(), row, "", "has " + line.size() + " columns instead of " + header.size()));
                    continue;
                }
                ObjectNode node = JSON.createObjectNode();
                for (String column : header) {
                    String value = line.get(column).strip();
                    if (!source.nulls().contains(value)) {
                        node.put(column.strip(), value);
                    }
                }
                records.add(new DataRecord(node, String.valueOf(row), null, row));
            }
        }
        return records;
    }

    private List<DataRecord> json(String text) throws IOException {
        DataRecord root = new DataRecord(JSON.readTree(text), "", null, 0);
        List<DataRecord> records = new ArrayList<>();
        for (DataRecord found : root.at(source.records().path())) {
            records.add(new DataRecord(clean(found.node()), found.key(), null, records.size() + 1L));
        }
        return records;
    }

    private List<DataRecord> jsonl(String text, Consumer<BadRow> bad) {
        List<DataRecord> records = new ArrayList<>();
        long row = 0;
        for (String line : text.split("\\R")) {
            row++;
            if (line.isBlank()) {
                continue;
            }
            try {
                records.add(new DataRecord(clean(JSON.readTree(line)), String.valueOf(row), null, row));
            } catch (JsonProcessingException e) {
                bad.accept(new BadRow(source.file(), row, "", "is not JSON: " + e.getOriginalMessage()));
            }
        }
        return records;
    }

    /** Removes the texts that mean "missing" from an object. */
    private JsonNode clean(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> missing = new ArrayList<>();
            object.properties().forEach(e -> {
                if (e.getValue().isTextual()
                        && source.nulls().contains(e.getValue().asText().strip())) {
                    missing.add(e.getKey());
                }
            });
            object.remove(missing);
        }
        return node;
    }
}
