package dev.quipu.server.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.QuipuException;
import dev.quipu.training.Compute;
import dev.quipu.training.Example;
import dev.quipu.training.Examples;
import dev.quipu.training.LoraTraining;
import dev.quipu.training.OptimizerOptions;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.TrainingProgress;
import dev.quipu.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Training on a GPU beside the CPU: whether both learn the same, and how fast the GPU does. For a machine with nothing but
 * this benchmark (samples/benchmarks/gpu/gpu-train.sh).
 */
@Command(name = "device-training", mixinStandardHelpOptions = true)
public final class DeviceTraining implements Callable<Integer> {
    /** Steps that are not counted: kernels are compiled and graphs recorded in them. */
    private static final int FIRST = 3;

    private static final int CHECK_LENGTH = 128;
    private static final int CHECK_BATCH = 2;

    @Option(names = "--model", required = true, paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    private Path model;

    @Option(names = "--vocabulary", required = true, description = "Tokens of the model.")
    private int vocabulary;

    @Option(names = "--folder", required = true, description = "Where files for the peer, adapters and figures go.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--device", defaultValue = "GPU", description = "What is measured.")
    private Compute device = Compute.GPU;

    @Option(names = "--check-steps", defaultValue = "5", description = "Steps on both; 0 for none.")
    private int checkSteps;

    @Option(names = "--length", defaultValue = "512", description = "Tokens of a sequence.")
    private int length;

    @Option(names = "--batches", split = ",", defaultValue = "1,8", description = "Sequences computed at once.")
    private List<Integer> batches = List.of();

    @Option(names = "--steps", defaultValue = "15", description = "Steps that are measured.")
    private int steps;

    @Option(names = "--threads", description = "CPU threads (default: the processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--recompute", description = "Compute layers twice.")
    private boolean recompute;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DeviceTraining())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        Figures figures = new Figures();
        if (checkSteps > 0) {
            check(figures);
        }
        for (int batch : batches) {
            try {
                measure(batch, figures);
            } catch (QuipuException e) { // too large a batch does not take the others with it
                figures.miss("batch " + batch + ": " + e.getMessage());
                System.err.println("batch " + batch + " failed: " + e.getMessage());
            }
            write(figures);
        }
        return 0;
    }

    private void write(Figures figures) throws IOException {
        String name = String.valueOf(model.getFileName()).replace(".gguf", "");
        Files.writeString(
                folder.resolve("train-" + name + ".json"), figures.json().toPrettyString());
    }

    /** A run and what was heard of it. */
    private record Run(TrainingResult result, List<TrainingProgress> steps, List<Long> nanos) {}

    private void check(Figures figures) throws IOException {
        Examples examples = Examples.of(rows(CHECK_LENGTH, CHECK_BATCH * checkSteps).stream()
                .map(Example::text)
                .toList());
        Run cpu = run("check-cpu", options(CHECK_LENGTH, CHECK_BATCH, checkSteps, Compute.CPU), examples);
        Run other = run("check-" + device, options(CHECK_LENGTH, CHECK_BATCH, checkSteps, device), examples);
        double greatest = 0;
        for (int i = 0; i < checkSteps; i++) {
            TrainingProgress a = cpu.steps().get(i);
            TrainingProgress b = other.steps().get(i);
            greatest = Math.max(greatest, Math.abs(a.loss() - b.loss()) / a.loss());
            System.out.printf(
                    Locale.ROOT,
                    "step %d  loss cpu %.6f %s %.6f  gradient cpu %.6f %s %.6f%n",
                    i + 1,
                    a.loss(),
                    device,
                    b.loss(),
                    a.gradientNorm(),
                    device,
                    b.gradientNorm());
        }
        figures.add(Figure.one("training.device.loss_max_rel_diff", "", greatest));
        figures.add(Figure.one("training.cpu.tokens_per_second", "tok/s", speed(cpu, CHECK_LENGTH * CHECK_BATCH)));
    }

    private void measure(int batch, Figures figures) throws IOException {
        List<int[]> rows = rows(length, batch * steps);
        new ObjectMapper().writeValue(folder.resolve("rows-" + batch + ".json").toFile(), rows);
        Examples examples = Examples.of(rows.stream().map(Example::text).toList());
        if (batch == batches.getFirst()) {
            // After one step A is still the first: B is zero, so A had no gradient. The peer begins with it.
            run("first", options(length, 1, 1, Compute.CPU), examples);
        }
        Run run = run("measured", options(length, batch, steps, device), examples);
        String name = "training.device.batch" + batch + ".";
        figures.add(Figure.one(name + "tokens_per_second", "tok/s", speed(run, length * batch)));
        figures.add(Figure.one(name + "megabytes", "MB", run.result().memory() / 1e6));
        figures.add(Figure.one(name + "first_loss", "", run.steps().getFirst().loss()));
        figures.add(Figure.one(name + "last_loss", "", run.steps().getLast().loss()));
    }

    private TrainingOptions options(int tokens, int batch, int count, Compute compute) {
        return TrainingOptions.builder(model, folder.resolve("adapter.gguf"))
                .optimizer(OptimizerOptions.STANDARD)
                .length(tokens)
                .batch(batch)
                .steps(count)
                .compute(compute)
                .threads(threads)
                .recompute(recompute)
                .packing(false)
                .shuffle(false)
                .checkpointSteps(0)
                .build();
    }

    private Run run(String name, TrainingOptions options, Examples examples) throws IOException {
        List<TrainingProgress> heard = new ArrayList<>();
        List<Long> nanos = new ArrayList<>();
        TrainingResult result = new LoraTraining(options, examples).run(progress -> {
            heard.add(progress);
            nanos.add(System.nanoTime());
        });
        Files.move(result.adapter(), folder.resolve(name + ".gguf"), StandardCopyOption.REPLACE_EXISTING);
        return new Run(result, heard, nanos);
    }

    private static double speed(Run run, int tokens) {
        List<Double> seconds = new ArrayList<>();
        for (int i = Math.clamp(run.nanos().size() - 1, 1, FIRST);
                i < run.nanos().size();
                i++) {
            seconds.add((run.nanos().get(i) - run.nanos().get(i - 1)) / 1e9);
        }
        return tokens / new Runs(seconds).median();
    }

    /** Sequences in which each token follows from the one before, so that there is something to learn. */
    private List<int[]> rows(int tokens, int count) {
        List<int[]> rows = new ArrayList<>();
        int range = Math.min(vocabulary, 4096);
        for (int row = 0; row < count; row++) {
            int[] all = new int[tokens + 1];
            all[0] = row * 31 % range;
            for (int i = 1; i <= tokens; i++) {
                all[i] = (all[i - 1] * 5 + 7) % range;
            }
            rows.add(all);
        }
        return rows;
    }
}
