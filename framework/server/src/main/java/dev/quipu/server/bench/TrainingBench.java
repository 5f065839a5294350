package dev.quipu.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.llama.CacheFolder;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Training against PyTorch and PEFT on the same weights, rows and settings, each in a process of its own. */
@Command(
        name = "training",
        mixinStandardHelpOptions = true,
        description = "Measures training, beside PyTorch and PEFT where they are installed"
                + " (samples/benchmarks/training/install-peer.sh).")
public final class TrainingBench implements Callable<Integer> {
    /** Steps in which both sides warm up; they do not count. */
    private static final int FIRST = 2;

    private static final int EVERY = 10;

    @Option(names = "--model", paramLabel = "NAME|FILE", description = "The model (default: ${DEFAULT-VALUE}).")
    private String model = "smollm2-135m";

    @Option(names = "--steps", description = "Steps of each side (default: 200; 20 with --quick).")
    private int steps;

    @Option(names = "--seq", description = "Tokens of a sequence (default: ${DEFAULT-VALUE}).")
    private int length = 256;

    @Option(names = "--batch", description = "Sequences of a step (default: ${DEFAULT-VALUE}).")
    private int batch = 1;

    @Option(names = "--threads", description = "CPU threads of both sides (default: the processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--recompute", description = "Ours computes layers twice, in less memory.")
    private boolean recompute;

    @Option(names = "--peer", paramLabel = "PYTHON", description = "A Python with torch and peft.")
    private Path peer = CacheFolder.base().resolve("peers").resolve("peft").resolve("bin/python");

    @Option(names = "--quick", description = "Fewer steps.")
    private boolean quick;

    @Option(names = "--out", paramLabel = "FILE", description = "Also writes the JSON there.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Path file =
                model.endsWith(".gguf") ? Path.of(model) : ModelStore.standard().pull(model, PullListener.NONE);
        Path folder = Files.createTempDirectory("quipu-bench");
        try {
            measure(file.toAbsolutePath(), folder);
        } finally {
            try (Stream<Path> left = Files.list(folder)) {
                for (Path each : left.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(folder);
        }
        return 0;
    }

    private void measure(Path file, Path folder) throws IOException {
        int count = steps > 0 ? steps : quick ? 20 : 200;
        Path rows = folder.resolve("rows.json");
        writeRows(file, rows, count);
        TrainingSide side = new TrainingSide(file, rows, folder, count, batch, threads, recompute);
        Figures figures = new Figures();
        JsonNode ours = side.ours();
        figures.add(Figure.one("training.tokens_per_second", "/s", speed(ours)));
        figures.add(Figure.one(
                "training.memory_megabytes", "MB", ours.path("peak_bytes").asDouble() / 1e6));
        figures.add(Figure.one(
                "training.buffers_megabytes", "MB", ours.path("buffers").asDouble() / 1e6));
        Path script = Path.of(System.getProperty("quipu.home", "."), "samples/benchmarks/training/peft_peer.py");
        if (Files.isExecutable(peer) && Files.exists(script)) {
            JsonNode theirs = side.peer(peer, script);
            figures.add(Figure.one("training.peer.tokens_per_second", "/s", speed(theirs)));
            figures.add(Figure.one("training.tokens_ratio", "", speed(ours) / speed(theirs)));
            figures.add(Figure.one(
                    "training.memory_ratio",
                    "",
                    ours.path("peak_bytes").asDouble()
                            / theirs.path("peak_bytes").asDouble()));
            figures.add(Figure.one("training.loss_max_rel_diff", "", difference(ours, theirs)));
        } else {
            figures.miss(peer + " is not there, so there are no ratios to PyTorch and PEFT; install them with"
                    + " samples/benchmarks/training/install-peer.sh");
        }
        if (out.isPresent()) {
            Files.writeString(out.get(), figures.json().toPrettyString());
        }
        System.out.print(json ? figures.json() + System.lineSeparator() : figures.text());
    }

    /** Sentences of common words, a row for each sequence of each step: its tokens and the one that follows. */
    private void writeRows(Path file, Path target, int count) throws IOException {
        List<int[]> rows = new ArrayList<>();
        try (Engine engine = Engine.load(EngineOptions.builder(file)
                .contextSize(64)
                .sequences(1)
                .gpuLayers(0)
                .build())) {
            Texts texts = new Texts(engine, new SplittableRandom(900));
            while (rows.size() < count * batch) {
                int[] tokens = engine.tokenize(texts.of(length + 8), false);
                if (tokens.length > length) {
                    rows.add(java.util.Arrays.copyOf(tokens, length + 1));
                }
            }
        }
        Files.writeString(target, new ObjectMapper().writeValueAsString(rows));
    }

    /** Tokens a second of the median step. */
    private double speed(JsonNode side) {
        List<Double> seconds = numbers(side.path("seconds"));
        return length * batch / new Runs(seconds.subList(Math.min(FIRST, seconds.size() - 1), seconds.size())).median();
    }

    private static double difference(JsonNode ours, JsonNode theirs) {
        List<Double> a = numbers(ours.path("losses"));
        List<Double> b = numbers(theirs.path("losses"));
        double greatest = 0;
        for (int i = EVERY - 1; i < a.size(); i += EVERY) {
            greatest = Math.max(greatest, Math.abs(a.get(i) - b.get(i)) / b.get(i));
        }
        return greatest;
    }

    private static List<Double> numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asDouble)
                .toList();
    }
}
