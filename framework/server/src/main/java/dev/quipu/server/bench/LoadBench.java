package dev.quipu.server.bench;

import dev.quipu.kg.GraphLoader;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A table whose rows are a node and a relationship each: loaded from its file by its mapping, and beside it written by
 * the barest loop there is, Cypher's {@code UNWIND} over rows that are in memory already.
 */
record LoadBench(GraphStore store, Path folder) {
    private static final int BATCH = 10_000;

    /** Rows a second of the loader, reading, checking and provenance included. */
    double ours(String label, int rows) throws IOException {
        RandomGenerator random = new Random(1);
        StringBuilder people = new StringBuilder("id,name,knows\n");
        for (int i = 0; i < rows; i++) {
            people.append(i)
                    .append(",Person ")
                    .append(i)
                    .append(',')
                    .append(random.nextInt(rows))
                    .append('\n');
        }
        String file = label + ".csv";
        Files.writeString(folder.resolve(file), people);
        Path mapping = Files.writeString(folder.resolve(label + ".yaml"), """
                sources:
                  - file: %s
                    nodes: [{label: %s, id: id, properties: {name: name}}]
                    relationships:
                      - {type: KNOWS, from: {label: %s, id: id}, to: {label: %s, id: knows}}
                """.formatted(file, label, label, label));
        return rows
                * 1000.0
                / GraphLoader.of(store, Mapping.read(mapping))
                        .load(folder)
                        .time()
                        .toMillis();
    }

    /** Rows a second of the loop. */
    double peer(String label, int rows) {
        RandomGenerator random = new Random(1);
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            all.add(Map.of("id", "" + i, "name", "Person " + i, "knows", "" + random.nextInt(rows)));
        }
        long start = System.nanoTime();
        store.schema("CREATE CONSTRAINT FOR (n:" + label + ") REQUIRE n.id IS UNIQUE");
        batches(all, "UNWIND $rows AS row MERGE (n:" + label + " {id: row.id}) SET n.name = row.name");
        batches(
                all,
                "UNWIND $rows AS row MATCH (a:" + label + " {id: row.id}) MATCH (b:" + label
                        + " {id: row.knows}) MERGE (a)-[:KNOWS]->(b)");
        return rows * 1e9 / (System.nanoTime() - start);
    }

    private void batches(List<Map<String, Object>> all, String cypher) {
        for (int i = 0; i < all.size(); i += BATCH) {
            store.write(cypher, Map.of("rows", all.subList(i, Math.min(all.size(), i + BATCH))));
        }
    }
}
