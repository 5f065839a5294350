package dev.quipu.kg;

import dev.quipu.kg.Mapping.Records;
import dev.quipu.kg.Mapping.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the graph remembers of a file's last load: enough to take all of it away again, whatever the mapping says now.
 *
 * @param fingerprint of the file and its rules; empty while it is not wholly loaded
 * @param stamp the number of the load, which tells what it wrote from what an earlier one left
 * @param labels labels of its nodes
 * @param types types of its relationships
 * @param properties what it set, as {@code Label.property}
 */
record LoadedFile(
        String file,
        String fingerprint,
        long stamp,
        SortedSet<String> labels,
        SortedSet<String> types,
        SortedSet<String> properties) {
    private static final String READ = "MATCH (f:LoadedFile) RETURN f.id AS id, f.fingerprint AS fingerprint,"
            + " f.stamp AS stamp, coalesce(f.labels, []) AS labels, coalesce(f.types, []) AS types,"
            + " coalesce(f.properties, []) AS properties";

    /** All files that were loaded, by their names. */
    static Map<String, LoadedFile> read(GraphStore store) {
        return store.read(READ, Map.of()).stream()
                .map(r -> new LoadedFile(
                        r.text("id"),
                        r.text("fingerprint"),
                        r.number("stamp"),
                        texts(r, "labels"),
                        texts(r, "types"),
                        texts(r, "properties")))
                .collect(Collectors.toMap(LoadedFile::file, Function.identity()));
    }

    private static SortedSet<String> texts(Row row, String column) {
        SortedSet<String> texts = new TreeSet<>();
        if (row.get(column) instanceof List<?> list) {
            list.forEach(v -> texts.add(v.toString()));
        }
        return texts;
    }

    /** What a file will hold once it is loaded as a source declares it. */
    static LoadedFile of(SourceFile source, String fingerprint, Optional<LoadedFile> last) {
        LoadedFile made = new LoadedFile(
                source.file(),
                fingerprint,
                last.map(l -> l.stamp() + 1).orElse(1L),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
        made.add(source.records());
        return made;
    }

    private void add(Records records) {
        records.nodes().forEach(n -> {
            labels.add(n.label());
            n.properties().keySet().forEach(p -> properties.add(n.label() + "." + p));
        });
        records.relationships().forEach(r -> types.add(r.type()));
        records.nested().forEach(this::add);
    }

    boolean isSameAs(@Nullable LoadedFile other) {
        return other != null && fingerprint.equals(other.fingerprint);
    }

    /** The same with everything that another load of the file declared. */
    LoadedFile with(Optional<LoadedFile> other) {
        LoadedFile both = new LoadedFile(
                file, fingerprint, stamp, new TreeSet<>(labels), new TreeSet<>(types), new TreeSet<>(properties));
        other.ifPresent(o -> {
            both.labels.addAll(o.labels);
            both.types.addAll(o.types);
            both.properties.addAll(o.properties);
        });
        return both;
    }

    /** The properties that it sets on nodes of a label. */
    List<String> propertiesOf(String label) {
        return properties.stream()
                .filter(p -> p.startsWith(label + "."))
                .map(p -> p.substring(label.length() + 1))
                .toList();
    }

    /** Labels on which both set one property, so that the nodes they share depend on both. */
    List<String> sharedLabels(LoadedFile other) {
        return labels.stream()
                .filter(l -> propertiesOf(l).stream().anyMatch(p -> other.properties.contains(l + "." + p)))
                .toList();
    }

    /** The mark of something that a load did besides; its name starts with {@code #}, which no file does. */
    static GraphStore.Statement mark(String name, String fingerprint) {
        return new LoadedFile(name, fingerprint, 1, new TreeSet<>(), new TreeSet<>(), new TreeSet<>())
                .remember(fingerprint);
    }

    /** @param mark the file's fingerprint, or an empty text to have it read again by the next load */
    GraphStore.Statement remember(String mark) {
        Map<String, List<String>> declared = new TreeMap<>();
        declared.put("labels", List.copyOf(labels));
        declared.put("types", List.copyOf(types));
        declared.put("properties", List.copyOf(properties));
        return new GraphStore.Statement(
                "MERGE (f:LoadedFile {id: $id}) SET f.fingerprint = $fingerprint, f.stamp = $stamp, f += $declared",
                Map.of("id", file, "fingerprint", mark, "stamp", stamp, "declared", declared));
    }

    /**
     * The file's name as a part of property names. Plain names stay readable; the others carry a hash, so that two files
     * never share a key.
     */
    String key() {
        String plain = file.replaceAll("[^A-Za-z0-9]", "_");
        boolean unique = file.matches("\\w+\\.[A-Za-z0-9]+");
        return unique ? plain : plain + "_" + Fingerprint.of(file).substring(0, 12);
    }
}
