package dev.quipu.kg;

import dev.quipu.kg.Mapping.NodeRule;
import dev.quipu.kg.Mapping.PropertyRule;
import dev.quipu.kg.Mapping.Records;
import dev.quipu.kg.Mapping.RelationshipRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns the records of one file into batches of rows for statements, which have one label, or one type and ends, each.
 *
 * <p>A key that occurs again is the same node: values of later rows win, and missing ones leave what earlier rows said.
 */
final class RowCollector {
    /** What a pass over a file makes. Ends of relationships may come from later files, so nodes are made first. */
    enum Pass {
        NODES,
        RELATIONSHIPS
    }

    /** Takes full batches. */
    interface Batches {
        void nodes(String label, List<NodeOfRow> rows);

        void relationships(RelationshipGroup group, List<RelationshipOfRow> rows);
    }

    /** A node that the last of its rows declares. */
    record NodeOfRow(String id, long row, Map<String, Object> properties) {}

    /** A relationship that a row declares. */
    record RelationshipOfRow(String from, String to, long row) {}

    /** Statements have one label or type and ends each, so rows are grouped by them. */
    record RelationshipGroup(String type, RelationshipRule.End from, RelationshipRule.End to, boolean optional) {
        static RelationshipGroup of(RelationshipRule rule) {
            return new RelationshipGroup(rule.type(), withoutId(rule.from()), withoutId(rule.to()), rule.optional());
        }

        private static RelationshipRule.End withoutId(RelationshipRule.End end) {
            return new RelationshipRule.End(end.label(), "", end.by());
        }
    }

    private static final int ROWS = 2_000;
    private static final int CHARACTERS = 4 << 20;
    /** Neo4j's indexes hold keys of up to 8 kB. */
    private static final int LONGEST_KEY = 2_000;

    private final String file;
    private final Pass pass;
    private final Batches batches;
    private final Consumer<BadRow> bad;
    private final Map<String, Map<String, NodeOfRow>> nodes = new LinkedHashMap<>();
    private final Map<RelationshipGroup, List<RelationshipOfRow>> relationships = new LinkedHashMap<>();
    private int characters;

    RowCollector(String file, Pass pass, Batches batches, Consumer<BadRow> bad) {
        this.file = file;
        this.pass = pass;
        this.batches = batches;
        this.bad = bad;
    }

    void collect(DataRecord record, Records rules) {
        boolean whole = true;
        for (NodeRule rule : rules.nodes()) {
            whole &= node(record, rule);
        }
        if (!whole) {
            return;
        }
        if (pass == Pass.RELATIONSHIPS) {
            rules.relationships().forEach(r -> relationship(record, r));
        }
        for (Records nested : rules.nested()) {
            record.at(nested.path()).forEach(r -> collect(r, nested));
        }
        if (characters > CHARACTERS) {
            flush();
        }
    }

    /** Hands over what is left. */
    void flush() {
        characters = 0;
        nodes.forEach((label, rows) -> batches.nodes(label, List.copyOf(rows.values())));
        nodes.clear();
        relationships.forEach((group, rows) -> batches.relationships(group, List.copyOf(rows)));
        relationships.clear();
    }

    /** Whether the record may go on: a bad node takes its relationships with it. */
    private boolean node(DataRecord record, NodeRule rule) {
        if (!rule.when().isEmpty() && record.text(rule.when()).isEmpty()) {
            return true;
        }
        Optional<String> id = record.text(rule.id());
        if (id.isEmpty() || id.get().isEmpty()) {
            return reject(record, rule.id(), "is missing, but is the key of " + rule.label());
        }
        if (id.get().length() > LONGEST_KEY) {
            return reject(
                    record, rule.id(), "has " + id.get().length() + " characters; a key has at most " + LONGEST_KEY);
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map.Entry<String, PropertyRule> entry : rule.properties().entrySet()) {
            PropertyRule property = entry.getValue();
            try {
                List<String> texts = record.texts(property.from());
                if (!texts.isEmpty()) {
                    properties.put(entry.getKey(), PropertyValues.convert(texts, property));
                    texts.forEach(t -> characters += t.length());
                } else if (rule.required().contains(entry.getKey())) {
                    return reject(record, property.from(), "is missing, but is required");
                }
            } catch (IllegalArgumentException e) {
                return reject(record, property.from(), String.valueOf(e.getMessage()));
            }
        }
        if (pass == Pass.NODES) {
            add(rule.label(), id.get(), record.row(), properties);
        }
        return true;
    }

    private boolean reject(DataRecord record, String column, String reason) {
        bad.accept(new BadRow(file, record.row(), column, reason));
        return false;
    }

    private void add(String label, String id, long row, Map<String, Object> properties) {
        Map<String, NodeOfRow> rows = nodes.computeIfAbsent(label, l -> new LinkedHashMap<>());
        NodeOfRow before = rows.get(id);
        if (before != null) {
            before.properties().putAll(properties);
        }
        rows.put(id, new NodeOfRow(id, row, before == null ? properties : before.properties()));
        if (rows.size() == ROWS) {
            batches.nodes(label, List.copyOf(rows.values()));
            rows.clear();
        }
    }

    private void relationship(DataRecord record, RelationshipRule rule) {
        if (!rule.when().isEmpty() && record.text(rule.when()).isEmpty()) {
            return;
        }
        List<String> from;
        List<String> to;
        try {
            from = record.texts(rule.from().id());
            to = record.texts(rule.to().id());
        } catch (IllegalArgumentException e) {
            reject(record, rule.type(), String.valueOf(e.getMessage()));
            return;
        }
        if ((from.isEmpty() || to.isEmpty()) && !rule.optional()) {
            String missing = from.isEmpty() ? rule.from().id() : rule.to().id();
            reject(record, missing, "is missing, but " + rule.type() + " needs it");
        }
        RelationshipGroup group = RelationshipGroup.of(rule);
        List<RelationshipOfRow> rows = relationships.computeIfAbsent(group, g -> new ArrayList<>());
        for (String a : from) {
            for (String b : to) {
                rows.add(new RelationshipOfRow(a, b, record.row()));
                characters += a.length() + b.length();
            }
        }
        if (rows.size() >= ROWS) {
            batches.relationships(group, List.copyOf(rows));
            rows.clear();
        }
    }
}
