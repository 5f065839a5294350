package dev.quipu.kg;

import dev.quipu.kg.Mapping.Format;
import dev.quipu.kg.Mapping.Records;
import dev.quipu.kg.Mapping.SourceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proposes a mapping for the data files of a folder, from nothing but their names and values: types, keys, and where the
 * values of one file are keys of another. The YAML is meant to be read by a person; what it is unsure of, it says.
 */
public final class MappingInference {
    private static final List<String> MISSING = List.of("", "N/A", "n/a", "NA", "NULL", "null", "-", "无");
    private static final String DELIMITERS = ",;\t|";

    private final Path folder;
    private final Map<InferredFile, InferredTable> tables = new LinkedHashMap<>();

    /** A data file as it is read. */
    record InferredFile(SourceFile source, boolean keyed, List<String> notes) {}

    private MappingInference(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads all CSV, JSON and JSON lines files of a folder.
     *
     * @return the mapping as YAML
     * @throws GraphException if there are none or one cannot be read
     */
    public static String of(Path folder) {
        MappingInference inference = new MappingInference(folder);
        List<Path> files = inference.files();
        if (files.isEmpty()) {
            throw new GraphException(
                    GraphError.DATA, folder + " has no .csv, .json or .jsonl files. Name the folder of the data.");
        }
        files.forEach(inference::read);
        return new InferredMapping(inference.tables).yaml();
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> format(f).isPresent())
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new GraphException(GraphError.DATA, folder + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Optional<Format> format(Path file) {
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        return Stream.of(Format.CSV, Format.JSON, Format.JSONL)
                .filter(f -> f.name().equals(ending))
                .findFirst();
    }

    private void read(Path file) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        Format format = format(file).orElseThrow();
        String head = head(file);
        char delimiter = format == Format.CSV ? delimiter(head) : ',';
        boolean keyed = format == Format.JSON && head.stripLeading().startsWith("{");
        SourceFile all = source(name, format, delimiter, new TreeSet<>(MISSING));
        List<String> notes = new ArrayList<>();
        DataFile data = DataFile.open(all, folder, notes::add);
        InferredTable table = new InferredTable(stem(name), 0);
        long[] bad = {0};
        data.read(r -> table.add(r, keyed), b -> bad[0]++);
        if (bad[0] > 0) {
            notes.add(bad[0] + " line(s) are not well-formed and will be reported as bad rows.");
        }
        if (table.plain()) {
            notes.add("Some of its records are no objects: name their path with rows.");
        }
        tables.put(new InferredFile(all, keyed, notes), table);
    }

    private static SourceFile source(String name, Format format, char delimiter, SortedSet<String> nulls) {
        Records none = new Records("*", List.of(), List.of(), List.of());
        return new SourceFile(name, format, Optional.empty(), delimiter, nulls, none, Optional.empty());
    }

    private static String stem(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.substring(0, last.lastIndexOf('.'));
    }

    /** The first line; only characters that all encodings share are looked at. */
    private static String head(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            @Nullable String line = reader.readLine();
            while (line != null && line.isBlank()) {
                line = reader.readLine();
            }
            return line == null ? "" : line.replace("\u00ef\u00bb\u00bf", "");
        } catch (IOException e) {
            throw new GraphException(GraphError.DATA, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static char delimiter(String head) {
        return (char) DELIMITERS
                .chars()
                .boxed()
                .max(Comparator.comparingLong(
                        d -> head.chars().filter(c -> c == d).count()))
                .orElse((int) ',')
                .intValue();
    }
}
