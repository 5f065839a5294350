package dev.quipu.kg;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.Mapping.SourceFile;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads the lines of a CSV file as objects of texts. */
final class CsvRecords {
    private final SourceFile source;
    private final Consumer<BadRow> bad;
    /** The last line that was not well-formed; what the parser makes of its rest is no record. */
    private long malformed;

    CsvRecords(SourceFile source, Consumer<BadRow> bad) {
        this.source = source;
        this.bad = bad;
    }

    void read(Reader reader, Consumer<DataRecord> records) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(source.delimiter())
                .setHeader()
                .setSkipHeaderRecord(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
                .get();
        try (CSVParser parser = parser(reader, format)) {
            List<String> header = parser.getHeaderNames();
            if (!header.isEmpty()) {
                new ColumnCheck(source, header).check();
            }
            Iterator<CSVRecord> lines = parser.iterator();
            boolean more = true;
            while (more) {
                more = next(parser, lines, header, records);
            }
        }
    }

    private CSVParser parser(Reader reader, CSVFormat format) throws IOException {
        try {
            return CSVParser.parse(reader, format);
        } catch (IllegalArgumentException e) {
            throw new GraphException(
                    GraphError.DATA,
                    source.file() + " has a header that cannot be used: " + e.getMessage()
                            + ". Correct its first line.",
                    e);
        }
    }

    /** Whether there may be another line. One that is malformed is reported and the next one goes on. */
    private boolean next(CSVParser parser, Iterator<CSVRecord> lines, List<String> header, Consumer<DataRecord> records)
            throws IOException {
        long before = parser.getCurrentLineNumber();
        try {
            if (!lines.hasNext()) {
                return false;
            }
        } catch (UncheckedIOException e) {
            malformed(before + 1, e);
            return true;
        }
        CSVRecord line = lines.next();
        long row = parser.getCurrentLineNumber() - lineEnds(line);
        if (row <= malformed) {
            return true;
        }
        if (line.size() != header.size()) {
            String reason = "has " + line.size() + " columns instead of " + header.size();
            bad.accept(new BadRow(source.file(), row, "", reason));
            return true;
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (String column : header) {
            String value = line.get(column).strip();
            if (!source.nulls().contains(value)) {
                node.put(column.strip(), value);
            }
        }
        records.accept(new DataRecord(node, String.valueOf(row), null, row));
        return true;
    }

    private void malformed(long row, UncheckedIOException e) throws IOException {
        if (e.getCause() instanceof CharacterCodingException cause) {
            throw cause;
        }
        // An open quote swallows the rest of the file: going on would drop all of it.
        if (!(e.getCause() instanceof CSVException)
                || String.valueOf(e.getMessage()).contains("EOF")) {
            throw new GraphException(
                    GraphError.DATA,
                    source.file() + ":" + row + " opens a quote that is never closed: " + e.getMessage()
                            + ". Close it, or double it inside a quoted value.",
                    e);
        }
        malformed = row;
        bad.accept(new BadRow(source.file(), row, "", "is not well-formed: text follows a closing quote"));
    }

    /** How many lines a record has beyond its first, as quoted values may hold line ends. */
    private static int lineEnds(CSVRecord line) {
        int ends = 0;
        for (String value : line) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                boolean first = c == '\n' && (i == 0 || value.charAt(i - 1) != '\r');
                ends += c == '\r' || first ? 1 : 0;
            }
        }
        return ends;
    }
}
