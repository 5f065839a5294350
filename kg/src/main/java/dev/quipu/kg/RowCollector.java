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

/** Turns the records of one file into rows of nodes and relationships, grouped as the statements need them. */
final class RowCollector {
    /** Statements have one label or type and ends each, so rows are grouped by them. */
    record RelationshipGroup(String type, End from, End to, boolean optional) {}

    /** The end of a relationship: a label and the property that names its nodes. */
    record End(String label, String by) {
        String pattern(String variable, String value) {
            return "(" + variable + ":" + label + " {" + by + ": " + value + "})";
        }
    }

    private final String file;
    private final Consumer<BadRow> bad;
    private final Map<String, Map<String, Map<String, Object>>> nodes = new LinkedHashMap<>();
    private final Map<RelationshipGroup, List<Map<String, Object>>> relationships = new LinkedHashMap<>();

    RowCollector(String file, Consumer<BadRow> bad) {
        this.file = file;
        this.bad = bad;
    }

    Map<String, Map<String, Map<String, Object>>> nodes() {
        return nodes;
    }

    Map<RelationshipGroup, List<Map<String, Object>>> relationships() {
        return relationships;
    }

    void collect(DataRecord record, Records rules) {
        boolean whole = true;
        for (NodeRule rule : rules.nodes()) {
            whole &= node(record, rule);
        }
        if (!whole) {
            return;
        }
        rules.relationships().forEach(r -> relationship(record, r));
        for (Records nested : rules.nested()) {
            record.at(nested.path()).forEach(r -> collect(r, nested));
        }
    }

    /** Whether the record may go on: a bad node takes its relationships with it. */
    private boolean node(DataRecord record, NodeRule rule) {
        if (!rule.when().isEmpty() && record.text(rule.when()).isEmpty()) {
            return true;
        }
        Optional<String> id = record.text(rule.id());
        if (id.isEmpty() || id.get().isEmpty()) {
            bad.accept(new BadRow(file, record.row(), rule.id(), "is missing, but is the key of " + rule.label()));
            return false;
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map.Entry<String, PropertyRule> entry : rule.properties().entrySet()) {
            PropertyRule property = entry.getValue();
            List<String> texts = record.texts(property.from());
            if (texts.isEmpty()) {
                if (rule.required().contains(entry.getKey())) {
                    bad.accept(new BadRow(file, record.row(), property.from(), "is missing, but is required"));
                    return false;
                }
                continue;
            }
            try {
                properties.put(entry.getKey(), PropertyValues.convert(texts, property));
            } catch (IllegalArgumentException e) {
                bad.accept(new BadRow(file, record.row(), property.from(), String.valueOf(e.getMessage())));
                return false;
            }
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id.get());
        row.put("row", record.row());
        row.put("properties", properties);
        nodes.computeIfAbsent(rule.label(), l -> new LinkedHashMap<>()).put(id.get(), row);
        return true;
    }

    private void relationship(DataRecord record, RelationshipRule rule) {
        if (!rule.when().isEmpty() && record.text(rule.when()).isEmpty()) {
            return;
        }
        List<String> from = record.texts(rule.from().id());
        List<String> to = record.texts(rule.to().id());
        if ((from.isEmpty() || to.isEmpty()) && !rule.optional()) {
            String missing = from.isEmpty() ? rule.from().id() : rule.to().id();
            bad.accept(new BadRow(file, record.row(), missing, "is missing, but " + rule.type() + " needs it"));
        }
        RelationshipGroup group = new RelationshipGroup(
                rule.type(),
                new End(rule.from().label(), rule.from().by()),
                new End(rule.to().label(), rule.to().by()),
                rule.optional());
        List<Map<String, Object>> rows = relationships.computeIfAbsent(group, g -> new ArrayList<>());
        for (String a : from) {
            for (String b : to) {
                rows.add(Map.of("from", a, "to", b, "row", record.row()));
            }
        }
    }
}
