package dev.quipu.server.bench;

import dev.quipu.Mention;
import dev.quipu.kg.GraphLoader;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Linker;
import dev.quipu.kg.Linking;
import dev.quipu.kg.LoadReport;
import dev.quipu.kg.Mapping;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A large network of named people, loaded from two tables, and questions that name one of them: found by the full-text
 * index, then two hops from there by Cypher.
 */
record LargeBench(GraphStore store, Path folder, int nodes, int relationships) {
    private static final int WARM = 100;
    private static final int ASKED = 300;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    List<Figure> measure() throws IOException {
        List<Figure> figures = new ArrayList<>();
        Mapping mapping = write();
        LoadReport report = GraphLoader.of(store, mapping).load(folder);
        double seconds = report.time().toMillis() / 1000.0;
        figures.add(Figure.one("graph.large_nodes", "", (double) report.nodes()));
        figures.add(Figure.one("graph.large_relationships", "", (double) report.relationships()));
        figures.add(Figure.one("graph.large_load_seconds", "s", seconds));
        figures.add(Figure.one("graph.large_load_rows_per_second", "", ((double) nodes + relationships) / seconds));
        ask(figures);
        return figures;
    }

    private Mapping write() throws IOException {
        RandomGenerator random = new Random(4);
        try (BufferedWriter people = Files.newBufferedWriter(folder.resolve("person.csv"));
                BufferedWriter knows = Files.newBufferedWriter(folder.resolve("knows.csv"))) {
            people.write("id,name\n");
            for (int i = 0; i < nodes; i++) {
                people.write(i + "," + SyntheticTexts.name(i) + "\n");
            }
            knows.write("from,to\n");
            for (int i = 0; i < relationships; i++) {
                // Some people are known by many.
                int known = (int) (nodes * Math.pow(random.nextDouble(), 3));
                knows.write(random.nextInt(nodes) + "," + known + "\n");
            }
        }
        return Mapping.read(Files.writeString(folder.resolve("large.yaml"), """
                sources:
                  - file: person.csv
                    nodes: [{label: Human, id: id, properties: {name: name}}]
                  - file: knows.csv
                    relationships:
                      - {type: HAS_MET, from: {label: Human, id: from}, to: {label: Human, id: to}}
                indexes:
                  fulltext:
                    - {name: humanNames, labels: [Human], properties: [name], analyzer: standard}
                """));
    }

    private void ask(List<Figure> figures) throws IOException {
        Path slots = Files.writeString(folder.resolve("linking.yaml"), """
                human: {fulltext: {index: humanNames}}
                """);
        Linker linker = Linker.of(store, Linking.read(slots));
        RandomGenerator random = new Random(5);
        double[] link = new double[ASKED];
        double[] both = new double[ASKED];
        int right = 0;
        for (int i = -WARM; i < ASKED; i++) {
            int wanted = random.nextInt(nodes);
            long start = System.nanoTime();
            List<Mention> found = linker.link("whom has " + SyntheticTexts.name(wanted) + " met?");
            long linked = System.nanoTime();
            String id = found.isEmpty() ? "" : found.getFirst().id();
            store.read(
                    "MATCH (:Human {id: $id})-[:HAS_MET]->(:Human)-[:HAS_MET]->(n:Human)"
                            + " RETURN DISTINCT n.name AS name LIMIT 100",
                    Map.of("id", id),
                    LIMIT,
                    100);
            if (i >= 0) {
                link[i] = (linked - start) / 1e6;
                both[i] = (System.nanoTime() - start) / 1e6;
                right += id.equals(String.valueOf(wanted)) ? 1 : 0;
            }
        }
        figures.add(Figure.one("graph.large_linked_share", "", (double) right / ASKED));
        figures.addAll(Figure.quantiles("graph.large_link", link));
        figures.addAll(Figure.quantiles("graph.large_query", both));
    }
}
