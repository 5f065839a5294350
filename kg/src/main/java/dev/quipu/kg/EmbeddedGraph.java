package dev.quipu.kg;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

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

        /**
         * Does work in one transaction of this process, all or none.
         *
         * @param work what to do; it is done again where the transaction has to give way to another one
         * @throws GraphException if it fails
         */
        <T> T transact(Duration limit, Function<GraphTransaction, T> work);

        @Override
        void close();
    }
}
