package dev.quipu.training;

import dev.quipu.training.internal.AtomicFile;
import dev.quipu.training.internal.Curve;
import dev.quipu.training.internal.ReportPage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Hears a training and tells of it on one page of HTML that needs nothing beside it: curves of loss, rate, gradient and
 * speed, settings, counts of examples, and what the model said before and after. Losses are those of all steps, also before
 * a resumption; the other curves begin with it.
 */
public final class TrainingReport implements TrainingListener {
    /** What the model said to a prompt. */
    public record Sample(String prompt, String before, String after) {}

    private final TrainingListener next;
    private final List<TrainingProgress> heard = new ArrayList<>();

    /** @param next that hears all of it, too */
    public TrainingReport(TrainingListener next) {
        this.next = next;
    }

    @Override
    public void step(TrainingProgress progress) {
        heard.add(progress);
        next.step(progress);
    }

    @Override
    public void checkpoint(int step) {
        next.checkpoint(step);
    }

    /**
     * Writes the page, whole or not at all.
     *
     * @param counts of examples and of what was left out, in words
     * @throws TrainingException if it cannot be written
     */
    public void write(
            Path file,
            TrainingOptions options,
            TrainingResult result,
            Map<String, Integer> counts,
            List<Sample> samples) {
        String page = page(options, result, counts, samples);
        AtomicFile.write(file.toAbsolutePath().normalize(), out -> {
            ByteBuffer bytes = ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        });
    }

    String page(TrainingOptions options, TrainingResult result, Map<String, Integer> counts, List<Sample> samples) {
        ReportPage page = new ReportPage("Training of " + options.output().getFileName());
        page.table("Result", result(options, result));
        int first = result.losses().size() - heard.size() + 1;
        page.curve(Curve.smoothed(
                "Loss",
                1,
                result.losses().stream().mapToDouble(Float::doubleValue).toArray()));
        page.curve(Curve.plain("Learning rate", first, numbers(TrainingProgress::rate)));
        page.curve(Curve.smoothed("Norm of the gradient", first, numbers(TrainingProgress::gradientNorm)));
        page.curve(Curve.plain("Tokens a second", first, numbers(TrainingProgress::tokensPerSecond)));
        Map<String, String> data = new LinkedHashMap<>();
        counts.forEach((what, count) -> data.put(what, String.valueOf(count)));
        page.table("Examples", data);
        page.table("Settings", settings(options));
        if (!samples.isEmpty()) {
            page.samples(samples);
        }
        return page.html();
    }

    private double[] numbers(ToDoubleFunction<TrainingProgress> number) {
        return heard.stream().mapToDouble(number).toArray();
    }

    private Map<String, String> result(TrainingOptions options, TrainingResult result) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("model", options.model().toString());
        all.put(
                "adapter",
                result.stopped()
                        ? "not yet: stopped with a checkpoint"
                        : result.adapter().toString());
        all.put("steps", result.step() + " of " + result.steps());
        if (!result.losses().isEmpty()) {
            all.put("loss of the first step", format("%.4f", result.losses().getFirst()));
            all.put("loss of the last tenth", format("%.4f", result.loss()));
        }
        if (!heard.isEmpty()) {
            double[] speeds = numbers(TrainingProgress::tokensPerSecond);
            java.util.Arrays.sort(speeds);
            all.put("tokens a second, median", format("%.0f", speeds[speeds.length / 2]));
        }
        all.put("memory beside the model", format("%.0f MB", result.memory() / 1e6));
        return all;
    }

    private static Map<String, String> settings(TrainingOptions options) {
        Map<String, String> all = new LinkedHashMap<>();
        LoraOptions lora = options.lora();
        all.put("projections", lora.projections() + (lora.output() ? " and the output" : ""));
        all.put("rank, alpha", lora.rank() + ", " + lora.alpha() + (lora.rsLora() ? " by the root of the rank" : ""));
        all.put("dropout", String.valueOf(lora.dropout()));
        OptimizerOptions optimizer = options.optimizer();
        all.put(
                "rate",
                optimizer.rate() + ", " + optimizer.schedule() + ", " + optimizer.warmup() + " steps of warm-up");
        all.put("weight decay, clipping", optimizer.weightDecay() + ", " + optimizer.clip());
        all.put(
                "sequences",
                options.length() + " tokens, " + options.batch() + " at once, " + options.accumulate()
                        + " times a step");
        all.put("epochs", String.valueOf(options.epochs()));
        all.put("packing, shuffling", options.packing() + ", " + options.shuffle());
        all.put("label smoothing", String.valueOf(options.labelSmoothing()));
        all.put("recomputation, compact", options.recompute() + ", " + options.compact());
        all.put("device, threads", options.compute() + ", " + options.threads());
        all.put("seed", String.valueOf(options.seed()));
        return all;
    }

    private static String format(String pattern, double number) {
        return String.format(Locale.ROOT, pattern, number);
    }
}
