import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.Transaction;

/**
 * The limit of the embedded store for the rows of {@code quipu bench graph --only load}: Neo4j's own interface, no query
 * engine, no Bolt, no file, every node new, ends known by their number, nothing looked for. What Quipu's loader does
 * besides (reading, checking, finding what is there) comes on top of this.
 *
 * <pre>java -Xmx2g -XX:+UseSerialGC -cp 'samples/target/lib/*' samples/benchmarks/graph/BareLoad.java 100000</pre>
 */
public final class BareLoad {
    private static final int BATCH = 2_000;

    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("bare-load");
        DatabaseManagementService service = new DatabaseManagementServiceBuilder(folder)
                .setConfig(GraphDatabaseSettings.pagecache_memory, 64L << 20)
                .build();
        try {
            GraphDatabaseService graph = service.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
            load(graph, "WarmUp", rows / 10, false);
            load(graph, "WarmUpMarked", rows / 10, true);
            System.out.printf("bare rows a second: %.0f%n", load(graph, "Bare", rows, false));
            System.out.printf("with the marks of provenance: %.0f%n", load(graph, "Marked", rows, true));
        } finally {
            service.shutdown();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static double load(GraphDatabaseService graph, String name, int rows, boolean marks) {
        Label label = Label.label(name);
        RelationshipType knows = RelationshipType.withName("KNOWS");
        Random random = new Random(1);
        long[] ids = new long[rows];
        long start = System.nanoTime();
        try (Transaction tx = graph.beginTx()) {
            tx.schema().constraintFor(label).assertPropertyIsUnique("id").create();
            tx.commit();
        }
        for (int from = 0; from < rows; from += BATCH) {
            try (Transaction tx = graph.beginTx()) {
                for (int i = from; i < Math.min(rows, from + BATCH); i++) {
                    Node node = tx.createNode(label);
                    node.setProperty("id", String.valueOf(i));
                    node.setProperty("name", "Person " + i);
                    if (marks) {
                        node.setProperty("in_file", name + ".csv:" + i);
                        node.setProperty("at_file", 1L);
                    }
                    ids[i] = node.getId();
                }
                tx.commit();
            }
        }
        for (int from = 0; from < rows; from += BATCH) {
            try (Transaction tx = graph.beginTx()) {
                for (int i = from; i < Math.min(rows, from + BATCH); i++) {
                    Relationship made = tx.getNodeById(ids[i])
                            .createRelationshipTo(tx.getNodeById(ids[random.nextInt(rows)]), knows);
                    if (marks) {
                        made.setProperty("in_file", name + ".csv:" + i);
                        made.setProperty("at_file", 1L);
                    }
                }
                tx.commit();
            }
        }
        try (Transaction tx = graph.beginTx()) {
            tx.schema().awaitIndexesOnline(5, TimeUnit.MINUTES);
        }
        return rows * 1e9 / (System.nanoTime() - start);
    }
}
