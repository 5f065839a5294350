package dev.quipu.kg;

import dev.quipu.kg.internal.YamlMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * How tables become a graph: which records of which files are which nodes and relationships. Read from YAML; the format
 * is described in {@code docs/mapping.md}.
 *
 * @param sources the files, in the order in which they are loaded
 * @param fulltext full-text indexes
 * @param vectors vector indexes
 */
public record Mapping(List<SourceFile> sources, List<FulltextIndex> fulltext, List<VectorIndex> vectors) {
    public Mapping {
        sources = List.copyOf(sources);
        fulltext = List.copyOf(fulltext);
        vectors = List.copyOf(vectors);
    }

    /**
     * Reads and checks a mapping.
     *
     * @throws GraphException that names the file and the entry, if it is wrong
     */
    public static Mapping read(Path file) {
        return new MappingReader().read(YamlMap.read(file, false, GraphError.MAPPING));
    }

    /** The formats of data files. */
    public enum Format {
        CSV,
        JSON,
        JSONL,
        /** Rows of a database's query. */
        SQL
    }

    /**
     * A data file.
     *
     * @param file its path below the data folder
     * @param charset its encoding; empty to detect it
     * @param delimiter of a CSV file
     * @param nulls texts that mean "missing"
     * @param records what its records become
     * @param query where its records come from if it is no file but the name of a query
     */
    public record SourceFile(
            String file,
            Format format,
            Optional<String> charset,
            char delimiter,
            SortedSet<String> nulls,
            Records records,
            Optional<Query> query) {}

    /**
     * A query of a database.
     *
     * @param database the environment variable that holds its JDBC URL; user and password are in {@code _USER} and {@code
     *     _PASSWORD}
     * @param changed a query whose rows differ when the rows of the other one do; without it all of those are compared
     */
    public record Query(String database, String sql, Optional<String> changed) {}

    /**
     * Records at a path of a file or of an enclosing record.
     *
     * @param path dotted names; {@code *} stands for every value of an object or element of an array
     */
    public record Records(
            String path, List<NodeRule> nodes, List<RelationshipRule> relationships, List<Records> nested) {}

    /**
     * A node for each record.
     *
     * @param id the value of its key property {@code id}
     * @param when a value that must be present, empty for always
     * @param required properties without which the record is a bad row
     */
    public record NodeRule(
            String label, String id, String when, Map<String, PropertyRule> properties, SortedSet<String> required) {}

    /** A property: where its value comes from, its type, and what spellings of enumerated values mean. */
    public record PropertyRule(String from, PropertyType type, String pattern, Map<String, String> values) {}

    /** A relationship for each record, or for each element where an end's id is a list. */
    public record RelationshipRule(String type, End from, End to, String when, boolean optional) {
        /**
         * One end: the nodes of a label whose property {@code by} has a value.
         *
         * @param by {@code id}, or another property, which then gets an index
         */
        public record End(String label, String id, String by) {}
    }

    /** The types of property values. */
    public enum PropertyType {
        TEXT,
        INTEGER,
        DECIMAL,
        MONEY,
        BOOLEAN,
        /** Whether a number is above zero, as of a stock. */
        POSITIVE,
        DATE,
        LIST
    }

    /** A full-text index over labels and properties. */
    public record FulltextIndex(String name, List<String> labels, List<String> properties, String analyzer) {}

    /** A vector index over texts made of properties. */
    public record VectorIndex(String name, String label, String property, List<String> from, int dimensions) {}
}
