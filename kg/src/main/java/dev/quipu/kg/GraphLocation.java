package dev.quipu.kg;

import java.nio.file.Path;

/** Where a graph is: a Neo4j server, or a folder that an embedded Neo4j opens. */
public sealed interface GraphLocation {
    /**
     * A server.
     *
     * @param uri {@code bolt://}, {@code bolt+s://}, {@code neo4j://} or {@code neo4j+s://}
     */
    record Server(String uri, String user, String password, String database) implements GraphLocation {
        @Override
        public String toString() {
            return uri + "/" + database;
        }
    }

    /** A folder; needs {@code quipu-kg-embedded} on the class path. */
    record Folder(Path path) implements GraphLocation {}

    /**
     * Reads a location as a command line gives it: a URI, else a folder. The environment variables
     * {@code QUIPU_GRAPH_USER} and {@code QUIPU_GRAPH_PASSWORD} belong to the caller, not to this method.
     */
    static GraphLocation of(String text, String user, String password) {
        if (text.matches("(?i)(bolt|neo4j)(\\+s|\\+ssc)?://.*")) {
            return new Server(text, user, password, "neo4j");
        }
        if (text.contains("://")) {
            throw new GraphException(
                    GraphError.UNREACHABLE, "'" + text + "' is no graph. Use bolt://, neo4j://, or a folder.");
        }
        return new Folder(Path.of(text));
    }
}
