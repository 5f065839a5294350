package dev.quipu.kg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Result;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.summary.SummaryCounters;

/** A transaction by Bolt: rows are merged by Cypher, some thousand of them a statement. */
record DriverTransaction(TransactionContext tx) implements GraphTransaction {
    @Override
    public Outcome run(GraphStore.Statement statement) {
        Result result = tx.run(statement.cypher(), statement.parameters());
        List<Row> rows = new ArrayList<>();
        while (result.hasNext()) {
            rows.add(DriverValues.row(result.next()));
        }
        SummaryCounters counters = result.consume().counters();
        return new Outcome(rows, counters.nodesCreated(), counters.nodesDeleted());
    }

    @Override
    public Outcome merge(NodeRows nodes) {
        List<Map<String, Object>> rows = new ArrayList<>();
        nodes.rows().forEach(n -> rows.add(Map.of("key", n.key(), "set", n.properties())));
        return run(new GraphStore.Statement(
                "UNWIND $rows AS row MERGE (n:`" + nodes.label() + "` {`" + nodes.key()
                        + "`: row.key}) SET n += row.set",
                Map.of("rows", rows)));
    }

    @Override
    public Merged merge(RelationshipRows relationships) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (RelationshipRow row : relationships.rows()) {
            rows.add(Map.of("i", rows.size(), "from", row.from(), "to", row.to(), "set", row.properties()));
        }
        String from = end("a", relationships.from(), "from");
        String to = end("b", relationships.to(), "to");
        int found = (int) run(new GraphStore.Statement(
                        "UNWIND $rows AS row MATCH " + from + " MATCH " + to + " MERGE (a)-[r:`" + relationships.type()
                                + "`]->(b) SET r += row.set RETURN count(DISTINCT row.i) AS found",
                        Map.of("rows", rows)))
                .rows()
                .getFirst()
                .number("found");
        return new Merged(found, found == rows.size() ? List.of() : dangling(relationships, rows));
    }

    private List<Dangling> dangling(RelationshipRows relationships, List<Map<String, Object>> rows) {
        return run(new GraphStore.Statement(
                        "UNWIND $rows AS row OPTIONAL MATCH " + end("a", relationships.from(), "from")
                                + " OPTIONAL MATCH " + end("b", relationships.to(), "to")
                                + " WITH row, count(a) AS as, count(b) AS bs WHERE as = 0 OR bs = 0 RETURN row.i AS i,"
                                + " CASE WHEN as = 0 THEN row.from ELSE row.to END AS id,"
                                + " CASE WHEN as = 0 THEN $from ELSE $to END AS label ORDER BY i",
                        Map.of(
                                "rows",
                                rows,
                                "from",
                                relationships.from().label(),
                                "to",
                                relationships.to().label())))
                .rows()
                .stream()
                .map(r -> new Dangling((int) r.number("i"), r.text("label"), r.text("id")))
                .toList();
    }

    private static String end(String variable, End end, String column) {
        return "(" + variable + ":`" + end.label() + "` {`" + end.property() + "`: row." + column + "})";
    }
}
