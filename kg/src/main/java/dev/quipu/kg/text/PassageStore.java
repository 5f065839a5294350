package dev.quipu.kg.text;

import dev.quipu.kg.GraphMigrations;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.GraphStore.Statement;
import dev.quipu.kg.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The text graph's part of the database: {@code (:TextSource)-[:HAS_PASSAGE]->(:TextPassage)-[:MENTIONS]->(:TextEntity)}
 * and {@code (:TextPassage)-[:TITLED]->(:TextEntity)}. A change is one transaction. What names were merged into an entity
 * stands in {@code forms} of the relationships, so it goes with the passage that said so.
 */
record PassageStore(GraphStore store) {
    private static final int PAGE = 2_000;
    private static final int ROWS = 10_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A source as it is stored. */
    record Stored(String fingerprint, List<Snapshot.Indexed> passages) {}

    /**
     * An entity that a passage mentions.
     *
     * @param sentences that mention it, as bits
     * @param named those that a {@link NameFinder} found it in
     * @param forms {@link Surface}s that became the entity here
     */
    record Mention(String passage, String entity, long sentences, long named, List<String> forms) {
        Map<String, Object> row() {
            Map<String, Object> set = new HashMap<>(Map.of("sentences", sentences, "named", named));
            if (!forms.isEmpty()) {
                set.put("forms", forms);
            }
            return Map.of("passage", passage, "entity", entity, "set", set);
        }
    }

    /**
     * What is to be written.
     *
     * @param gone sources that are deleted
     * @param put sources that are new or written anew
     * @param mentions of new passages, and those that kept passages gain
     * @param lost mentions that kept passages lose
     */
    record Change(Collection<String> gone, Map<String, Stored> put, List<Mention> mentions, List<Mention> lost) {}

    void declare() {
        GraphMigrations.run(store);
    }

    /** The sources with their fingerprints. */
    Map<String, String> fingerprints() {
        Map<String, String> found = new HashMap<>();
        for (Row row : store.read(
                "MATCH (s:TextSource) RETURN s.id AS id, s.fingerprint AS fingerprint",
                Map.of(),
                LIMIT,
                Integer.MAX_VALUE)) {
            found.put(row.text("id"), row.text("fingerprint"));
        }
        return found;
    }

    /** The sources that a reader of names has not read as they are. */
    List<String> notReadBy(String reader) {
        return store
                .read(
                        "MATCH (s:TextSource) WHERE coalesce(s.readBy, '') <> $reader RETURN s.id AS id ORDER BY id",
                        Map.of("reader", reader),
                        LIMIT,
                        Integer.MAX_VALUE)
                .stream()
                .map(r -> r.text("id"))
                .toList();
    }

    void markReadBy(String source, String reader) {
        store.write(
                "MATCH (s:TextSource {id: $source}) SET s.readBy = $reader",
                Map.of("source", source, "reader", reader));
    }

    /** Reads sources with their passages. */
    Map<String, Stored> read(Collection<String> ids) {
        Map<String, Stored> found = new TreeMap<>();
        List<String> all = List.copyOf(ids);
        for (int i = 0; i < all.size(); i += PAGE) {
            List<Row> rows = store.read(
                    "UNWIND $ids AS id MATCH (s:TextSource {id: id}) OPTIONAL MATCH (s)-[:HAS_PASSAGE]->(p:TextPassage)"
                            + " RETURN s.id AS source, s.fingerprint AS fingerprint, p.id AS id, p.position AS position,"
                            + " p.title AS title, p.text AS text, p.aliases AS aliases, p.tenant AS tenant,"
                            + " p.validFrom AS from, p.validTo AS to, p.vector AS vector, p.vectorScale AS scale,"
                            + " p.vectorSpace AS space,"
                            + " [(p)-[m:MENTIONS]->(e) WHERE m.named <> 0 | [e.key, m.named, coalesce(m.forms, [])]] AS names"
                            + " ORDER BY source, position",
                    Map.of("ids", all.subList(i, Math.min(all.size(), i + PAGE))),
                    LIMIT,
                    Integer.MAX_VALUE);
            for (Row row : rows) {
                Stored stored = found.computeIfAbsent(
                        row.text("source"), s -> new Stored(row.text("fingerprint"), new ArrayList<>()));
                if (row.get("id") != null) {
                    stored.passages().add(indexed(row));
                }
            }
        }
        return found;
    }

    private static Snapshot.Indexed indexed(Row row) {
        Passage passage = new Passage(
                row.text("id"),
                row.text("source"),
                (int) row.number("position"),
                row.text("title"),
                row.text("text"),
                texts(row.get("aliases")),
                row.text("tenant"),
                new Validity(Instant.parse(row.text("from")), Instant.parse(row.text("to"))));
        Names names = new Names(new LinkedHashMap<>(), new LinkedHashMap<>());
        if (row.get("names") instanceof List<?> list) {
            list.stream().map(one -> (List<?>) one).forEach(one -> {
                String key = String.valueOf(one.get(0));
                names.sentences().put(key, ((Number) one.get(1)).longValue());
                List<String> forms = texts(one.get(2));
                if (!forms.isEmpty()) {
                    names.forms()
                            .put(key, forms.stream().map(Surface::read).collect(Collectors.toCollection(TreeSet::new)));
                }
            });
        }
        Optional<PassageVector> vector = row.get("vector") instanceof byte[] codes
                ? Optional.of(new PassageVector(row.text("space"), codes, Float.parseFloat(row.text("scale"))))
                : Optional.empty();
        return new Snapshot.Indexed(passage, Analysis.of(passage, names), vector);
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Writes a change, all or nothing. */
    void write(Change change) {
        List<String> replaced = new ArrayList<>(change.gone());
        replaced.addAll(change.put().keySet());
        List<Statement> statements = new ArrayList<>();
        // Entities that only these passages knew must go with them; they are found before the passages are.
        batches(
                statements,
                replaced,
                "UNWIND $rows AS id MATCH (:TextSource {id: id})-[:HAS_PASSAGE]->(:TextPassage)-->(e:TextEntity)"
                        + " SET e:TextStale");
        batches(
                statements,
                replaced,
                "UNWIND $rows AS id MATCH (:TextSource {id: id})-[:HAS_PASSAGE]->(p:TextPassage) DETACH DELETE p");
        batches(statements, change.gone(), "UNWIND $rows AS id MATCH (s:TextSource {id: id}) DETACH DELETE s");
        batches(
                statements,
                change.lost().stream().map(Mention::row).toList(),
                "UNWIND $rows AS row MATCH (:TextPassage {id: row.passage})-[m:MENTIONS]->"
                        + "(e:TextEntity {key: row.entity}) SET e:TextStale DELETE m");
        add(statements, change);
        statements.add(new Statement("MATCH (e:TextStale) WHERE NOT (e)--() DELETE e", Map.of()));
        statements.add(new Statement("MATCH (e:TextStale) REMOVE e:TextStale", Map.of()));
        store.write(statements);
    }

    private static void add(List<Statement> statements, Change change) {
        List<Map<String, Object>> sources = new ArrayList<>();
        List<Map<String, Object>> passages = new ArrayList<>();
        List<Map<String, Object>> titles = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        change.put().forEach((id, stored) -> {
            sources.add(Map.of("id", id, "fingerprint", stored.fingerprint()));
            for (Snapshot.Indexed one : stored.passages()) {
                passages.add(row(one));
                one.analysis().titleKeys().forEach((key, form) -> {
                    List<String> forms = form.map(Surface::text).stream().toList();
                    Map<String, Object> set = forms.isEmpty() ? Map.of() : Map.of("forms", forms);
                    titles.add(Map.of("passage", one.passage().id(), "entity", key, "set", set));
                    keys.add(key);
                });
            }
        });
        change.mentions().forEach(m -> keys.add(m.entity()));
        batches(
                statements,
                sources,
                "UNWIND $rows AS row MERGE (s:TextSource {id: row.id}) SET s.fingerprint = row.fingerprint"
                        + " REMOVE s.readBy");
        batches(
                statements,
                passages,
                "UNWIND $rows AS row MATCH (s:TextSource {id: row.source}) CREATE (s)-[:HAS_PASSAGE]->(p:TextPassage)"
                        + " SET p = row");
        batches(statements, keys.stream().distinct().toList(), "UNWIND $rows AS key MERGE (:TextEntity {key: key})");
        batches(
                statements,
                titles,
                "UNWIND $rows AS row MATCH (p:TextPassage {id: row.passage}) MATCH (e:TextEntity {key: row.entity})"
                        + " CREATE (p)-[t:TITLED]->(e) SET t = row.set");
        batches(
                statements,
                change.mentions().stream().map(Mention::row).toList(),
                "UNWIND $rows AS row MATCH (p:TextPassage {id: row.passage}) MATCH (e:TextEntity {key: row.entity})"
                        + " MERGE (p)-[m:MENTIONS]->(e) SET m = row.set");
    }

    private static Map<String, Object> row(Snapshot.Indexed one) {
        Passage passage = one.passage();
        Map<String, Object> row = new HashMap<>();
        row.put("id", passage.id());
        row.put("source", passage.source());
        row.put("position", passage.position());
        row.put("title", passage.title());
        row.put("text", passage.text());
        row.put("aliases", passage.aliases());
        row.put("tenant", passage.tenant());
        row.put("validFrom", passage.validity().from().toString());
        row.put("validTo", passage.validity().to().toString());
        one.vector().ifPresent(v -> row.putAll(vector(v)));
        return row;
    }

    private static Map<String, Object> vector(PassageVector vector) {
        return Map.of("vector", vector.codes(), "vectorScale", vector.scale(), "vectorSpace", vector.space());
    }

    void write(Map<String, PassageVector> vectors) {
        List<Map<String, Object>> rows = new ArrayList<>();
        vectors.forEach((id, v) -> rows.add(Map.of("id", id, "set", vector(v))));
        store.write("UNWIND $rows AS row MATCH (p:TextPassage {id: row.id}) SET p += row.set", Map.of("rows", rows));
    }

    private static void batches(List<Statement> statements, Collection<?> rows, String cypher) {
        List<?> all = List.copyOf(rows);
        for (int i = 0; i < all.size(); i += ROWS) {
            statements.add(new Statement(cypher, Map.of("rows", all.subList(i, Math.min(all.size(), i + ROWS)))));
        }
    }
}
