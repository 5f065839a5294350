package dev.quipu.kg.cypher;

import dev.quipu.kg.GraphStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The schema as the store has it now: read once, and again when it is old or the graph was loaded anew. Thread-safe. */
final class LiveSchema {
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final GraphStore store;
    private final Exposure exposure;
    private final Set<String> privateLabels;
    private final Clock clock;
    private volatile @Nullable Read read;

    /** The schema with who owns what of it. */
    record Read(GraphSchema schema, Ownership ownership, Instant at) {}

    LiveSchema(GraphStore store, Exposure exposure, Set<String> privateLabels, Clock clock) {
        this.store = store;
        this.exposure = exposure;
        this.privateLabels = privateLabels;
        this.clock = clock;
    }

    Read get() {
        Read known = read;
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.at().plus(FRESH))) {
            return known;
        }
        GraphSchema all = new SchemaReader(store, exposure).read();
        GraphSchema schema = Ownership.owned(all, exposure.owner(), privateLabels);
        Read fresh = new Read(schema, Ownership.of(schema, exposure.owner(), privateLabels), now);
        read = fresh;
        return fresh;
    }

    void refresh() {
        read = null;
    }
}
