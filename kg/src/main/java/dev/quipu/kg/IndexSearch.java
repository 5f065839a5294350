package dev.quipu.kg;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import dev.quipu.kg.Gazetteer.Token;
import dev.quipu.kg.Linking.Search;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds names through the graph's indexes.
 *
 * <p>An index only proposes names, by scores that mean nothing from one question to the next; whether a proposed name
 * stands in the text is measured here, word by word. The text of a customer goes into a search as plain words, never as
 * the index's query language.
 *
 * @param indexes what the graph says of the indexes that the linking names
 */
record IndexSearch(Map<String, Index> indexes) {
    private static final int CANDIDATES = 10;
    private static final int RUNS = 4;
    private static final int SHORTEST_FUZZY = 4;
    private static final int LONG = 8;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** An index over some properties of the nodes of some labels. */
    record Index(String type, List<String> labels, List<String> properties) {}

    /** @throws GraphException if the graph lacks an index that the linking names */
    static IndexSearch of(GraphStore store, Linking linking) {
        boolean needed = linking.slots().stream()
                .anyMatch(s -> s.fulltext().isPresent() || s.vector().isPresent());
        if (!needed) {
            return new IndexSearch(Map.of());
        }
        Map<String, Index> present = new LinkedHashMap<>();
        for (Row row : store.read("SHOW INDEXES YIELD name, type, labelsOrTypes, properties", Map.of())) {
            Index index = new Index(row.text("type"), texts(row.get("labelsOrTypes")), texts(row.get("properties")));
            present.put(row.text("name"), index);
        }
        for (Linking.Slot slot : linking.slots()) {
            slot.fulltext().ifPresent(s -> require(present, slot.name(), s, "FULLTEXT"));
            slot.vector().ifPresent(s -> require(present, slot.name(), s, "VECTOR"));
        }
        return new IndexSearch(present);
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static void require(Map<String, Index> present, String slot, Search search, String type) {
        Index index = present.get(search.index());
        if (index == null || !index.type().equals(type)) {
            throw new GraphException(
                    GraphError.SUITE,
                    "linking.yaml/" + slot + " names the index '" + search.index() + "', but the graph has no "
                            + type.toLowerCase(java.util.Locale.ROOT)
                            + " index of this name. Declare it in the mapping and load the data again.");
        }
    }

    private Index index(Search search) {
        return java.util.Objects.requireNonNull(indexes.get(search.index()));
    }

    /** Names that share words with the text, also misspelt ones. */
    List<Mention> byWords(GraphStore store, String slot, Search search, FreeText text) {
        if (text.runs().isEmpty()) {
            return List.of();
        }
        String query = text.runs().stream().map(IndexSearch::terms).collect(Collectors.joining(" "));
        List<Row> rows = store.read(
                "CALL db.index.fulltext.queryNodes($index, $query, {limit: $limit}) YIELD node"
                        + " RETURN node.id AS id, [p IN $properties | node[p]] AS names",
                Map.of(
                        "index",
                        search.index(),
                        "query",
                        query,
                        "limit",
                        CANDIDATES,
                        "properties",
                        index(search).properties()),
                LIMIT,
                CANDIDATES);
        return best(
                rows.stream()
                        .flatMap(r -> texts(r.get("names")).stream()
                                .flatMap(n -> NameMatch.of(n, text.words()).stream()
                                        .map(m -> mention(slot, r.text("id"), n, m, Stage.FULL_TEXT)))),
                search);
    }

    private static Mention mention(String slot, String id, String name, NameMatch match, Stage stage) {
        return new Mention(slot, id, name, match.start(), match.end(), match.score(), stage);
    }

    /** Words as search terms: longer ones may be misspelt, and Chinese is left to the index's analyzer. */
    private static String terms(List<Token> run) {
        StringBuilder terms = new StringBuilder();
        int end = -1;
        for (Token token : run) {
            boolean han = Character.UnicodeScript.of(token.word().codePointAt(0)) == Character.UnicodeScript.HAN;
            int letters = token.word().length();
            terms.append(han && token.start() == end ? "" : " ").append(token.word());
            if (!han && letters >= SHORTEST_FUZZY) {
                terms.append(letters < LONG ? "~1" : "~2");
            }
            end = han ? token.end() : -1;
        }
        return terms.toString().strip();
    }

    /** What runs of the text mean, by the nearest name. */
    List<Mention> byMeaning(GraphStore store, String slot, Search search, FreeText text, EmbeddingModel model) {
        List<List<Token>> runs = text.runs().stream()
                .sorted(Comparator.comparingInt((List<Token> r) -> r.size()).reversed())
                .limit(RUNS)
                .toList();
        if (runs.isEmpty()) {
            return List.of();
        }
        List<Embedding> vectors = model.embedAll(runs.stream()
                        .map(r -> TextSegment.from(text.covered(r)))
                        .toList())
                .content();
        List<Mention> found = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            int start = runs.get(i).getFirst().start();
            int end = runs.get(i).getLast().end();
            for (Row row : nearest(store, search, vectors.get(i))) {
                double score = Math.min(1, ((Number) java.util.Objects.requireNonNull(row.get("score"))).doubleValue());
                found.add(new Mention(slot, row.text("id"), row.text("name"), start, end, score, Stage.VECTOR));
            }
        }
        return best(found.stream(), search);
    }

    private List<Row> nearest(GraphStore store, Search search, Embedding vector) {
        // Names of labels and indexes cannot be parameters: the one is the schema's own, the other a checked
        // identifier.
        String label = index(search).labels().getFirst().replace("`", "``");
        return store.read(
                "CYPHER 25 MATCH (n:`" + label + "`) SEARCH n IN (VECTOR INDEX `" + search.index()
                        + "` FOR $vector LIMIT 1) SCORE AS score"
                        + " RETURN n.id AS id, coalesce(n.name, n.id) AS name, score",
                Map.of("vector", vector.vectorAsList()),
                LIMIT,
                1);
    }

    /** The mentions of the best place; several only where names are equally near, for who reads the question to choose. */
    private static List<Mention> best(Stream<Mention> mentions, Search search) {
        List<Mention> good = mentions.filter(m -> m.score() >= search.minimum())
                .sorted(Comparator.comparingDouble(Mention::score).reversed())
                .toList();
        return good.stream()
                .filter(m -> m.score() == good.getFirst().score())
                .distinct()
                .toList();
    }
}
