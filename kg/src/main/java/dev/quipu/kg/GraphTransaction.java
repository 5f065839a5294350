package dev.quipu.kg;

import java.util.List;
import java.util.Map;

/**
 * An open transaction of a graph, reached by Bolt or in this process. Merging rows is apart from statements because a
 * store in this process does it without its query engine, which is several times as fast.
 */
public interface GraphTransaction {
    Outcome run(GraphStore.Statement statement);

    /** Makes the nodes that are not there and sets the properties of all. */
    Outcome merge(NodeRows rows);

    /** Makes the relationships that are not there and sets the properties of all; rows without an end are left out. */
    Merged merge(RelationshipRows rows);

    /** What a statement returned and did. */
    record Outcome(List<Row> rows, int created, int deleted) {
        public static final Outcome NONE = new Outcome(List.of(), 0, 0);
    }

    /**
     * What became of relationships.
     *
     * @param found how many rows found both ends
     * @param dangling the positions of those that did not
     */
    record Merged(int found, List<Dangling> dangling) {
        public static final Merged NONE = new Merged(0, List.of());
    }

    /** A row that lacks an end, the first of them where both do. */
    record Dangling(int position, String label, String id) {}

    /**
     * Nodes of one label. Labels and properties are checked names.
     *
     * @param key the property that tells the nodes apart, which has a constraint
     */
    record NodeRows(String label, String key, List<NodeRow> rows) {}

    /** A node by its key. */
    record NodeRow(String key, Map<String, Object> properties) {}

    /** Relationships of one type between nodes of two labels, each found by a property that has an index. */
    record RelationshipRows(String type, End from, End to, List<RelationshipRow> rows) {}

    /** Where a relationship ends: the nodes of a label that have a value. */
    record End(String label, String property) {}

    /** A relationship by the values of its ends. */
    record RelationshipRow(String from, String to, Map<String, Object> properties) {}
}
