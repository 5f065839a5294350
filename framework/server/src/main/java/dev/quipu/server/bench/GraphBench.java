package dev.quipu.server.bench;

import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.network.Csr;
import dev.quipu.kg.network.ForwardPush;
import dev.quipu.kg.text.Document;
import dev.quipu.kg.text.PassageFilter;
import dev.quipu.kg.text.PassageRetriever;
import dev.quipu.kg.text.TextGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How the graph holds up with size: loading, indexing, searching, walking. All data are made by a fixed seed. */
@Command(
        name = "graph",
        mixinStandardHelpOptions = true,
        description = "Loads tables, indexes and searches a text graph of 100,000 nodes, walks a network of 1,000,000.")
public final class GraphBench implements Callable<Integer> {
    private static final float RESTART = 0.5f;
    private static final float BOUND = 1e-6f;

    @Option(names = "--only", split = ",", description = "Some of: ${COMPLETION-CANDIDATES} (default: load,text,walk).")
    private List<Part> only = List.of(Part.load, Part.text, Part.walk);

    @Option(
            names = "--documents",
            paramLabel = "N",
            description = "Documents of the text graph, which then has a third more than three times as many nodes"
                    + " (default: 30,000). Large ones need more memory: QUIPU_JAVA_OPTS=-Xmx12g.")
    private int documents;

    @Option(names = "--quick", description = "A tenth of the size.")
    private boolean quick;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    private final Figures figures = new Figures();

    /** What can be measured by itself. */
    enum Part {
        load,
        text,
        walk,
        /** A million nodes and five million relationships from tables, which takes minutes. */
        large
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("quipu-bench");
        try (GraphStore store = GraphStore.open(new GraphLocation.Folder(folder.resolve("graph")))) {
            if (only.contains(Part.load)) {
                load(store, folder);
            }
            if (only.contains(Part.text)) {
                index(store);
            }
            if (only.contains(Part.walk)) {
                walk();
            }
            if (only.contains(Part.large)) {
                figures.addAll(new LargeBench(store, folder, sized(1_000_000), sized(5_000_000)).measure());
            }
        } finally {
            delete(folder);
        }
        System.out.print(json ? figures.json() + System.lineSeparator() : figures.text());
        return 0;
    }

    private int sized(int full) {
        return quick ? full / 10 : full;
    }

    private void load(GraphStore store, Path folder) throws IOException {
        LoadBench bench = new LoadBench(store, folder);
        // The first load of a process pays for the compilation of code, on both sides.
        bench.ours("WarmUp", sized(100_000) / 10);
        bench.peer("WarmUpPeer", sized(100_000) / 10);
        double ours = bench.ours("Person", sized(100_000));
        double peer = bench.peer("Peer", sized(100_000));
        figures.add(Figure.one("graph.load_rows_per_second", "", ours));
        figures.add(Figure.one("graph.load_peer_rows_per_second", "", peer));
        figures.add(Figure.one("graph.load_ratio", "", ours / peer));
    }

    private void index(GraphStore store) {
        int count = documents > 0 ? documents : sized(30_000);
        SyntheticTexts texts = new SyntheticTexts(count, (int) (count * 7L / 3), new Random(2));
        TextGraph graph = TextGraph.open(store, Map.of());
        long start = System.nanoTime();
        graph.put(texts.documents(), (done, of) -> System.err.println("indexed " + done + " of " + of));
        double seconds = (System.nanoTime() - start) / 1e9;
        figures.add(Figure.one("graph.index_seconds", "s", seconds));
        figures.add(Figure.one("graph.index_passages_per_second", "", graph.passages() / seconds));
        put(graph, texts);
        PassageRetriever retriever = graph.retriever();
        double[] millis = new double[400];
        for (int i = -200; i < millis.length; i++) {
            String question = texts.question();
            long asked = System.nanoTime();
            retriever.find(question, 5, PassageFilter.PUBLIC);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - asked) / 1e6;
            }
        }
        figures.addAll(Figure.quantiles("graph.query", millis));
    }

    /** One document into a large corpus, with the first search after it, which walks the changed network. */
    private void put(TextGraph graph, SyntheticTexts texts) {
        List<Document> more = texts.documents().subList(0, 60);
        double[] put = new double[40];
        double[] search = new double[put.length];
        for (int i = -20; i < put.length; i++) {
            Document one = more.get(i + 20);
            long start = System.nanoTime();
            graph.put(Document.of(one.source() + "/again", one.title(), one.text() + " again"));
            long there = System.nanoTime();
            graph.retriever().find(texts.question(), 5, PassageFilter.PUBLIC);
            if (i >= 0) {
                put[i] = (there - start) / 1e6;
                search[i] = (System.nanoTime() - there) / 1e6;
            }
        }
        figures.addAll(Figure.quantiles("graph.put", put));
        figures.addAll(Figure.quantiles("graph.query_after_put", search));
    }

    private void walk() {
        int nodes = sized(1_000_000);
        int edges = sized(5_000_000);
        RandomGenerator random = new Random(3);
        int[] from = new int[edges];
        int[] to = new int[edges];
        for (int e = 0; e < edges; e++) {
            // Some nodes have many edges, as in any network of people or words.
            from[e] = (int) (nodes * Math.pow(random.nextDouble(), 3));
            to[e] = random.nextInt(nodes);
        }
        long start = System.nanoTime();
        float[] weights = new float[edges];
        for (int e = 0; e < edges; e++) {
            weights[e] = random.nextFloat(1, 10);
        }
        Csr network = Csr.of(nodes, from, to, weights);
        figures.add(Figure.one("graph.network_seconds", "s", (System.nanoTime() - start) / 1e9));
        figures.add(Figure.one("graph.network_megabytes", "MB", network.bytes() / 1e6));
        ForwardPush walk = new ForwardPush(network);
        double[] millis = new double[200];
        for (int i = -50; i < millis.length; i++) {
            int[] seeds = random.ints(10, 0, nodes).toArray();
            float[] mass = new float[seeds.length];
            Arrays.fill(mass, 1f / seeds.length);
            long began = System.nanoTime();
            walk.run(seeds, mass, RESTART, BOUND, n -> true);
            walk.best(100);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        figures.addAll(Figure.quantiles("graph.walk", millis));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
