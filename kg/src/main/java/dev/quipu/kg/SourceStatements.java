package dev.quipu.kg;

import dev.quipu.kg.GraphStore.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements that bring one file into the graph and take it out again.
 *
 * <p>What a file holds bears {@code in_FILE}, the file and row, and {@code at_FILE}, the stamp of the load that wrote it
 * last. Labels, types and property names are checked identifiers of the mapping; everything else is a parameter.
 */
final class SourceStatements {
    private final LoadedFile file;
    private final long stamp;
    private final String inName;
    private final String atName;
    private final String in;
    private final String at;

    SourceStatements(LoadedFile file, long stamp) {
        this.file = file;
        this.stamp = stamp;
        String key = file.key();
        this.inName = "in_" + key;
        this.atName = "at_" + key;
        this.in = "`" + inName + "`";
        this.at = "`" + atName + "`";
    }

    /** What a node or relationship of a row bears. */
    Map<String, Object> marked(long row, Map<String, Object> properties) {
        Map<String, Object> marked = new HashMap<>(properties);
        marked.put(inName, file.file() + ":" + row);
        marked.put(atName, stamp);
        return marked;
    }

    /** Takes the file's properties from its nodes, so that none stays that the file no longer has. */
    List<Statement> strip() {
        List<Statement> statements = new ArrayList<>();
        for (String label : file.labels()) {
            List<String> properties = file.propertiesOf(label);
            if (!properties.isEmpty()) {
                statements.add(new Statement(
                        "MATCH (n:`" + label + "`) WHERE n." + at + " IS NOT NULL REMOVE "
                                + properties.stream().map(p -> "n.`" + p + "`").collect(Collectors.joining(", ")),
                        Map.of()));
            }
        }
        return statements;
    }

    /** Removes nodes that the file held before this load and that no file holds now. */
    Optional<Statement> removeNodes() {
        return remove(
                "MATCH (n:" + any(file.labels().stream().toList()) + ")",
                file.labels().isEmpty(),
                "DETACH DELETE");
    }

    Optional<Statement> removeRelationships() {
        return remove(
                "MATCH ()-[n:" + any(file.types().stream().toList()) + "]->()",
                file.types().isEmpty(),
                "DELETE");
    }

    private Optional<Statement> remove(String match, boolean nothing, String delete) {
        if (nothing) {
            return Optional.empty();
        }
        return Optional.of(new Statement(
                match + " WHERE n." + at + " <> $stamp REMOVE n." + at + ", n." + in
                        + " WITH n WHERE none(k IN keys(n) WHERE k STARTS WITH 'in_') " + delete + " n",
                Map.of("stamp", stamp)));
    }

    /** Returns a row if a node of these labels is held by this file and the other one. */
    Statement overlap(LoadedFile other, List<String> labels) {
        return new Statement(
                "MATCH (n:" + any(labels) + ") WHERE n." + in + " IS NOT NULL AND n.`in_" + other.key()
                        + "` IS NOT NULL RETURN n.id AS id LIMIT 1",
                Map.of());
    }

    private static String any(List<String> names) {
        return names.stream().map(n -> "`" + n + "`").collect(Collectors.joining("|"));
    }
}
