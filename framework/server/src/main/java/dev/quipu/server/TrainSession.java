package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.training.TrainingListener;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.TrainingReport;
import dev.quipu.training.TrainingResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A training from the command line: what it reads, what it shows, and what a signal does to it. */
final class TrainSession {
    private final TrainFlags flags;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, Integer> skipped = new LinkedHashMap<>();

    TrainSession(TrainFlags flags) {
        this.flags = flags;
    }

    /** Reads with the model's own tokens; the engine is gone before the training takes its memory. */
    <T> T read(TrainingOptions options, BiFunction<Engine, GgufFile, T> reader) {
        EngineOptions small = EngineOptions.builder(options.model())
                .contextSize(64)
                .sequences(1)
                .gpuLayers(0)
                .build();
        try (Engine engine = Engine.load(small)) {
            return reader.apply(engine, GgufFile.read(options.model()));
        }
    }

    /** Tells what was read, and what was left out. */
    void told(int count, String what, Map<String, Integer> leftOut) {
        skipped.putAll(leftOut);
        counts.put(what, count);
        leftOut.forEach((why, left) -> counts.put("left out: " + why, left));
        String told = leftOut.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        System.err.println(count + " " + what + (told.isEmpty() ? "" : "; left out: " + told));
    }

    /** Runs it to its end, or to the first signal, which it ends with a checkpoint. */
    int run(TrainingOptions options, Function<TrainingListener, TrainingResult> training, Runnable stop) {
        Optional<ReportFile> report = flags.report(options);
        CountDownLatch ended = new CountDownLatch(1);
        Thread onSignal = Thread.ofPlatform().unstarted(() -> {
            System.err.println("stopping after this step, with a checkpoint");
            stop.run();
            await(ended);
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        try (TrainingLine line = TrainingLine.onStandardError()) {
            TrainingReport heard = new TrainingReport(line);
            TrainingResult result = training.apply(heard);
            report.ifPresent(file -> file.write(heard, result, counts));
            return show(result);
        } finally {
            ended.countDown();
            forget(onSignal);
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: the process ends.
        }
    }

    private int show(TrainingResult result) {
        ObjectNode told = Json.create()
                .put("adapter", result.adapter().toString())
                .put("stopped", result.stopped())
                .put("step", result.step())
                .put("steps", result.steps())
                .put("loss", result.loss())
                .put("memoryBytes", result.memory());
        ObjectNode counts = told.putObject("skipped");
        skipped.forEach(counts::put);
        System.out.print(flags.json() ? told + System.lineSeparator() : sentence(result));
        return result.stopped() ? 1 : 0;
    }

    private static String sentence(TrainingResult result) {
        return result.stopped()
                ? String.format("stopped after step %d of %d; go on with --resume%n", result.step(), result.steps())
                : String.format(
                        Locale.ROOT, "%s  %d steps, loss %.4f%n", result.adapter(), result.steps(), result.loss());
    }
}
