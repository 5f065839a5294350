package dev.quipu.kg;

import java.nio.file.Path;

/** Starts a Neo4j in this process. Found by {@link java.util.ServiceLoader}; {@code quipu-kg-embedded} provides one. */
public interface EmbeddedGraph {
    /**
     * Opens or creates the graph of a folder.
     *
     * @throws GraphException if the folder is in use or the store does not start
     */
    Running start(Path folder);

    /** A started Neo4j. Closing it stops it cleanly. */
    interface Running extends AutoCloseable {
        /** How the driver reaches it. */
        GraphLocation.Server server();

        @Override
        void close();
    }
}
