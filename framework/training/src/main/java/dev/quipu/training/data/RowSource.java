package dev.quipu.training.data;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Gives rows one after the other, however many there are. */
public interface RowSource {
    /** What it reads, in words. */
    String name();

    /** @throws DataException if it cannot be read, or holds something of no known form; the message names the line */
    void read(Consumer<Row> rows);

    /**
     * The source for a file, by the end of its name, with or without a further {@code .gz}: {@code .jsonl} and
     * {@code .ndjson} ({@link JsonLines}), {@code .csv} and {@code .tsv} ({@link CsvRows}), {@code .json} of a chat export
     * ({@link ChatExport}), {@code .txt} and {@code .md} ({@link Transcript}).
     *
     * @throws DataException if no source reads such files
     */
    static RowSource of(Path file, Fields fields) {
        String name = String.valueOf(file.getFileName()).toLowerCase(java.util.Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
            case "jsonl", "ndjson" -> new JsonLines(file, fields);
            case "csv" -> new CsvRows(file, ',', fields);
            case "tsv" -> new CsvRows(file, '\t', fields);
            case "json" -> new ChatExport(file);
            case "txt", "md" -> new Transcript(file);
            default ->
                throw new DataException(
                        DataError.OPTION,
                        file + " has none of the endings .jsonl, .ndjson, .csv, .tsv, .json, .txt and .md.");
        };
    }
}
