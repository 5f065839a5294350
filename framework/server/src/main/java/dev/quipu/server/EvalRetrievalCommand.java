package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.Language;
import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.text.FoundPassage;
import dev.quipu.kg.text.PassageEmbedder;
import dev.quipu.kg.text.PassageFilter;
import dev.quipu.kg.text.PassageRetriever;
import dev.quipu.kg.text.RankTraining;
import dev.quipu.kg.text.RankTraining.Example;
import dev.quipu.kg.text.Ranking;
import dev.quipu.kg.text.TextGraph;
import dev.quipu.server.eval.RetrievalScore;
import dev.quipu.server.eval.RetrievalSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How well passages are found, and learning to find them better. */
@Command(
        name = "retrieval",
        mixinStandardHelpOptions = true,
        description = "Indexes a corpus, searches it and prints recall and times. No language model runs.")
final class EvalRetrievalCommand implements Callable<Integer> {
    private static final int DEEPEST = 20;
    private static final int WARM = 30;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--set",
            required = true,
            paramLabel = "SET.json",
            description = "A corpus with queries; several for --folds and --learn.")
    private List<Path> sets = List.of();

    @Option(names = "--out", paramLabel = "R.jsonl", description = "Where the rankings of the first set go.")
    private @Nullable Path out;

    @Option(
            names = "--folds",
            paramLabel = "K",
            description = "Cross-validates: learns a ranking K times and scores it on the queries it did not see.")
    private int folds;

    @Option(names = "--learn", paramLabel = "W.json", description = "Learns a ranking from all queries of all sets.")
    private @Nullable Path learn;

    @Option(names = "--ranking", paramLabel = "W.json", description = "A ranking in place of the standard one.")
    private @Nullable Path ranking;

    @Option(names = "--words-only", description = "Without vectors, as right after indexing.")
    private boolean wordsOnly;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    private record Indexed(RetrievalSet set, GraphStore store, TextGraph graph, double seconds, double vectorSeconds) {
        PassageRetriever retriever() {
            return graph.retriever();
        }
    }

    @Override
    public Integer call() {
        List<Indexed> all = new ArrayList<>();
        Path folder = temporary();
        try {
            Map<Language, PassageEmbedder> models = wordsOnly ? Map.of() : PassageModels.standard();
            for (Path set : sets) {
                all.add(index(RetrievalSet.read(set), folder.resolve(String.valueOf(all.size())), models));
            }
            Ranking used = ranking == null ? Ranking.standard() : Ranking.read(text(ranking));
            ArrayNode results = Json.create().putArray("sets");
            for (int i = 0; i < all.size(); i++) {
                List<String> lines = new ArrayList<>();
                report(all.get(i), score(all.get(i), used, lines), results);
                if (i == 0 && out != null) {
                    Files.write(out, lines);
                }
            }
            if (folds > 1) {
                crossValidate(all, results);
            }
            if (learn != null) {
                Files.writeString(learn, RankTraining.learn(examples(all, -1)).json() + System.lineSeparator());
            }
            if (json) {
                spec.commandLine().getOut().println(Json.create().set("sets", results));
            }
            return 0;
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, "A file cannot be written: " + e.getMessage() + ".", e);
        } finally {
            all.forEach(i -> i.store().close());
            delete(folder);
        }
    }

    private Indexed index(RetrievalSet set, Path folder, Map<Language, PassageEmbedder> models) {
        PrintWriter err = spec.commandLine().getErr();
        GraphStore store = GraphStore.open(new GraphLocation.Folder(folder));
        TextGraph graph = TextGraph.open(store, models);
        long start = System.nanoTime();
        graph.put(set.documents(), (done, of) -> err.println("indexed " + done + " of " + of));
        double seconds = since(start);
        PercentLine line = new PercentLine("embedded");
        graph.embed((done, of) -> line.accept((double) done / of));
        return new Indexed(set, store, graph, seconds, since(start));
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static RetrievalScore score(Indexed one, Ranking used, List<String> lines) {
        PassageRetriever retriever = one.retriever().withRanking(used);
        // The first searches of a process pay for class loading and compilation.
        one.set().queries().stream().limit(WARM).forEach(q -> search(retriever, q));
        RetrievalScore score = new RetrievalScore();
        for (RetrievalSet.Query query : one.set().queries()) {
            long start = System.nanoTime();
            List<Integer> ranked = search(retriever, query);
            double millis = (System.nanoTime() - start) / 1e6;
            score.add(query, ranked, millis);
            lines.add(line(query, ranked, millis));
        }
        return score;
    }

    private static List<Integer> search(PassageRetriever retriever, RetrievalSet.Query query) {
        return retriever.findSources(query.question(), DEEPEST, PassageFilter.PUBLIC).stream()
                .map(FoundPassage::passage)
                .map(p -> RetrievalSet.place(p.source()))
                .toList();
    }

    private static String line(RetrievalSet.Query query, List<Integer> ranked, double millis) {
        ObjectNode line = Json.create().put("id", query.id());
        ranked.forEach(line.putArray("ranked")::add);
        return line.put("ms", Math.round(millis * 100) / 100.0).toString();
    }

    private void report(Indexed one, RetrievalScore score, ArrayNode results) {
        results.addObject()
                .put("set", one.set().name())
                .put("passages", one.graph().passages())
                .put("recall@2", score.recall(2))
                .put("recall@5", score.recall(5))
                .put("recall@10", score.recall(10))
                .put("index_seconds", one.seconds())
                .put("index_with_vectors_seconds", one.vectorSeconds())
                .put("p50_ms", score.quantile(0.5))
                .put("p95_ms", score.quantile(0.95));
        if (!json) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%s: %d passages searchable after %.1f s, with vectors after %.1f s%n%s%n",
                            one.set().name(),
                            one.graph().passages(),
                            one.seconds(),
                            one.vectorSeconds(),
                            score.line());
        }
    }

    private void crossValidate(List<Indexed> all, ArrayNode results) {
        List<RetrievalScore> scores =
                all.stream().map(i -> new RetrievalScore()).toList();
        for (int fold = 0; fold < folds; fold++) {
            Ranking learnt = RankTraining.learn(examples(all, fold));
            for (int s = 0; s < all.size(); s++) {
                PassageRetriever retriever = all.get(s).retriever().withRanking(learnt);
                List<RetrievalSet.Query> queries = all.get(s).set().queries();
                for (int q = fold; q < queries.size(); q += folds) {
                    long start = System.nanoTime();
                    List<Integer> ranked = search(retriever, queries.get(q));
                    scores.get(s).add(queries.get(q), ranked, (System.nanoTime() - start) / 1e6);
                }
            }
        }
        for (int s = 0; s < all.size(); s++) {
            ((ObjectNode) results.get(s))
                    .put("cross_validated_recall@5", scores.get(s).recall(5));
            if (!json) {
                String name = all.get(s).set().name();
                spec.commandLine()
                        .getOut()
                        .println(name + ", cross-validated, " + scores.get(s).line());
            }
        }
    }

    /** The queries of all sets but those of a fold. */
    private List<Example> examples(List<Indexed> all, int without) {
        List<Example> examples = new ArrayList<>();
        for (Indexed one : all) {
            List<RetrievalSet.Query> queries = one.set().queries();
            PassageRetriever retriever = one.retriever();
            for (int q = 0; q < queries.size(); q++) {
                if (without < 0 || q % folds != without) {
                    RetrievalSet.Query query = queries.get(q);
                    examples.add(new Example(
                            retriever,
                            query.question(),
                            query.gold().stream().map(RetrievalSet::source).collect(Collectors.toSet())));
                }
            }
        }
        return examples;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("quipu-retrieval");
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, "No temporary folder can be made: " + e.getMessage() + ".", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(EvalRetrievalCommand.class)
                    .atWarn()
                    .addKeyValue("folder", folder)
                    .setCause(e)
                    .log("a temporary folder stays");
        }
    }
}
