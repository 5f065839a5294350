package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.kg.text.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A corpus with questions whose passages are known. A text's first line is its title where it has more than one.
 *
 * @param name the file's
 */
public record RetrievalSet(String name, List<String> corpus, List<Query> queries) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A question with the places of its texts in the corpus. */
    public record Query(String id, String question, Set<Integer> gold) {
        public Query {
            gold = Set.copyOf(gold);
        }

        /** The share of the gold that is among the first of a ranking. */
        public double recall(List<Integer> ranked, int first) {
            long found = ranked.stream().limit(first).filter(gold::contains).count();
            return gold.isEmpty() ? 1 : (double) found / gold.size();
        }
    }

    public RetrievalSet {
        corpus = List.copyOf(corpus);
        queries = List.copyOf(queries);
    }

    /** @throws EvalException if the file is not of its form */
    public static RetrievalSet read(Path file) {
        try {
            JsonNode root = JSON.readTree(file.toFile());
            List<String> corpus = new ArrayList<>();
            root.path("corpus").forEach(t -> corpus.add(t.asText()));
            List<Query> queries = new ArrayList<>();
            for (JsonNode query : root.path("queries")) {
                Set<Integer> gold = new TreeSet<>();
                query.path("gold_idx").forEach(g -> gold.add(g.asInt()));
                queries.add(new Query(query.path("id").asText(), query.path("q").asText(), gold));
            }
            if (corpus.isEmpty() || queries.isEmpty()) {
                throw new EvalException(
                        EvalError.QUESTIONS, file + " has no 'corpus' or no 'queries'. Correct the file.");
            }
            return new RetrievalSet(file.getFileName().toString(), corpus, queries);
        } catch (IOException e) {
            throw new EvalException(
                    EvalError.QUESTIONS,
                    file + " cannot be read as a retrieval set: "
                            + (Files.exists(file) ? e.getMessage() : "there is no such file") + ".",
                    e);
        }
    }

    /** The corpus as documents; their source is their place. */
    public List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < corpus.size(); i++) {
            String[] lines = corpus.get(i).split("\n", 2);
            documents.add(
                    lines.length == 2
                            ? Document.of(source(i), lines[0], lines[1])
                            : Document.of(source(i), "", lines[0]));
        }
        return documents;
    }

    /** The source of a place in the corpus. */
    public static String source(int place) {
        return String.format(Locale.ROOT, "%07d", place);
    }

    /** The place in the corpus of a source. */
    public static int place(String source) {
        return Integer.parseInt(source);
    }
}
