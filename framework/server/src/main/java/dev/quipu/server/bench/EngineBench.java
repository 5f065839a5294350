package dev.quipu.server.bench;

import dev.quipu.llama.CacheFolder;
import dev.quipu.llama.Weights;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import dev.quipu.llama.gguf.TensorType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The engine against llama.cpp's own programs. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description =
                "Measures the engine, beside llama-bench and llama-server of the same release where they are built"
                        + " (samples/benchmarks/engine/build-peers.sh).")
public final class EngineBench implements Callable<Integer> {
    @Option(
            names = "--model",
            split = ",",
            paramLabel = "NAME|FILE",
            description = "Models for one user; the first serves the many (default: ${DEFAULT-VALUE}).")
    private List<String> models = List.of("smollm2-135m", "qwen2.5-coder-0.5b");

    @Option(names = "--users", split = ",", description = "Crowds to measure (default: 16,64; 16 with --quick).")
    private List<Integer> users = List.of();

    @Option(names = "--peers", paramLabel = "FOLDER", description = "Where the peers lie (default: in Quipu's cache).")
    private Optional<Path> peers = Optional.empty();

    @Option(names = "--threads", description = "CPU threads of both sides (default: the processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--weights",
            split = ",",
            description = "How ours keeps its weights, of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Weights> weights = List.of(Weights.STORED);

    @Option(names = "--gpu-layers", description = "Layers on a GPU, of both sides (default: ${DEFAULT-VALUE}).")
    private int gpuLayers;

    @Option(names = "--slots", description = "Slots of llama-server at most (default: ${DEFAULT-VALUE}).")
    private int slots = 16;

    @Option(names = "--runs", description = "Alternated runs of each measurement (default: 3; 1 with --quick).")
    private int runs;

    @Option(names = "--only", split = ",", description = "Some of: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Part> only = Arrays.asList(Part.values());

    @Option(names = "--quick", description = "Fewer and shorter runs: under three minutes, with less certain figures.")
    private boolean quick;

    @Option(names = "--out", paramLabel = "FILE", description = "Also writes the JSON there, after each part.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    /** What can be measured by itself. */
    enum Part {
        one,
        many,
        warm,
        schema,
        own,
        memory
    }

    /** Runs this command without the rest of the command line, which a machine with a benchmark alone lacks. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new EngineBench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    /** Writes a model with random weights. */
    @Command(name = "synthesize", description = "Writes a model with random weights and a real model's measures.")
    int synthesize(
            @Parameters(paramLabel = "tiny|135m|1b|8b") String geometry,
            @Parameters(paramLabel = "Q8_0|Q4_0|F16") TensorType type,
            @Parameters(paramLabel = "OUT.gguf") Path file) {
        SyntheticModel.write(Optional.ofNullable(Geometry.NAMED.get(geometry)).orElseThrow(), type, file);
        return 0;
    }

    @Override
    public Integer call() {
        Figures figures = new Figures();
        weights.forEach(kept -> measure(figures, kept));
        System.out.print(json ? figures.json() + System.lineSeparator() : figures.text());
        return 0;
    }

    private void measure(Figures figures, Weights kept) {
        List<Setup> setups = models.stream().map(model -> setup(model, kept)).toList();
        Setup first = setups.getFirst();
        tellMissing(figures, first);
        for (Setup setup : setups) {
            part(figures, Part.one, setup, () -> new OneUser(setup).measure());
        }
        for (int crowd : crowds()) {
            part(figures, Part.many, first, () -> new ManyUsers(first, crowd, Math.min(crowd, slots)).measure());
        }
        part(figures, Part.warm, first, () -> new WarmStart(first).measure());
        part(figures, Part.schema, first, () -> new SchemaCost(first).measure());
        part(figures, Part.own, first, () -> new OwnTime(first).measure());
        part(figures, Part.memory, first, () -> new MemoryReturn(first, quick ? 400 : 10_000).measure());
    }

    private void part(Figures figures, Part part, Setup setup, Supplier<List<Figure>> measure) {
        if (only.contains(part)) {
            figures.addAll(measure.get().stream().map(setup::named).toList());
            write(figures);
        }
    }

    private static void tellMissing(Figures figures, Setup setup) {
        String remedy = " is not in " + setup.peers() + ", so there are no ratios to it; build it with"
                + " samples/benchmarks/engine/build-peers.sh";
        if (!LlamaBench.installed(setup)) {
            figures.miss("llama-bench" + remedy);
        }
        if (!LlamaServer.installed(setup)) {
            figures.miss("llama-server" + remedy);
        }
    }

    private List<Integer> crowds() {
        return !users.isEmpty() ? users : quick ? List.of(16) : List.of(16, 64);
    }

    private void write(Figures figures) {
        out.ifPresent(file -> {
            try {
                Files.writeString(file, figures.json().toPrettyString());
            } catch (java.io.IOException e) {
                throw new BenchException(BenchError.IO, file + " cannot be written: " + e + ".", e);
            }
        });
    }

    private static Path pulled(String model) {
        ModelStore store = ModelStore.standard();
        return store.has(model) ? store.path(model) : store.pull(model, PullListener.NONE);
    }

    private Setup setup(String model, Weights kept) {
        Path file = Path.of(model);
        boolean named = !model.endsWith(".gguf");
        return new Setup(
                named ? model : file.getFileName().toString().replace(".gguf", ""),
                named ? pulled(model) : file,
                threads,
                kept,
                gpuLayers,
                runs > 0 ? runs : quick ? 1 : 3,
                peers.orElse(CacheFolder.base().resolve("peers")));
    }
}
