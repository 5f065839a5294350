package dev.quipu.server;

import dev.quipu.training.Compute;
import dev.quipu.training.LoraOptions;
import dev.quipu.training.OptimizerOptions;
import dev.quipu.training.Projection;
import dev.quipu.training.Schedule;
import dev.quipu.training.TrainingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that all trainings share. */
final class TrainFlags {
    @Option(names = "--model", required = true, paramLabel = "NAME|FILE", description = "The model that is taught.")
    private String model = "";

    @Option(names = "--data", required = true, paramLabel = "D.jsonl", description = "The examples.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "A.gguf", description = "The adapter.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--rank", defaultValue = "16", description = "Rank of the adapter (default: ${DEFAULT-VALUE}).")
    private int rank;

    @Option(names = "--alpha", description = "Strength of the adapter (default: twice the rank).")
    private @Nullable Float alpha;

    @Option(names = "--dropout", defaultValue = "0", description = "Share of inputs it does not see (default: 0).")
    private float dropout;

    @Option(
            names = "--projections",
            defaultValue = "all",
            description = "Weights it changes, of q,k,v,o,gate,up,down (default: ${DEFAULT-VALUE}).")
    private String projections = "all";

    @Option(names = "--output-weight", description = "Change the weight that makes the scores, too.")
    private boolean output;

    @Option(
            names = "--device",
            defaultValue = "auto",
            description = "${COMPLETION-CANDIDATES} (default: a GPU where it can do all of it).")
    private Compute device = Compute.AUTO;

    @Option(names = "--rslora", description = "Strength falls by the root of the rank only.")
    private boolean rsLora;

    @Option(names = "--lora-plus", defaultValue = "1", description = "How much faster B learns than A (default: 1).")
    private float plusRatio;

    @Option(names = "--seq", defaultValue = "256", description = "Tokens of a sequence (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(names = "--batch", defaultValue = "8", description = "Sequences of a batch (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--accumulate", defaultValue = "1", description = "Batches of a step (default: 1).")
    private int accumulate;

    @Option(
            names = "--at-once",
            defaultValue = "1",
            description =
                    "Sequences of a batch that are computed at once; the result is the same, more take more memory"
                            + " (default: 1).")
    private int atOnce;

    @Option(names = "--epochs", defaultValue = "3", description = "Passes over the examples (default: 3).")
    private int epochs;

    @Option(names = "--steps", description = "Ends after so many steps, whatever the epochs.")
    private @Nullable Integer steps;

    @Option(names = "--lr", defaultValue = "2e-4", description = "Rate of learning (default: ${DEFAULT-VALUE}).")
    private float rate;

    @Option(names = "--warmup", defaultValue = "50", description = "Steps in which the rate rises (default: 50).")
    private int warmup;

    @Option(names = "--schedule", defaultValue = "cosine", description = "${COMPLETION-CANDIDATES} (default: cosine).")
    private Schedule schedule = Schedule.COSINE;

    @Option(names = "--weight-decay", defaultValue = "0", description = "Decay of the adapter (default: 0).")
    private float weightDecay;

    @Option(names = "--clip", defaultValue = "1", description = "Norm the gradient is cut to; 0: never (default: 1).")
    private float clip;

    @Option(names = "--label-smoothing", defaultValue = "0", description = "Share spread over the vocabulary.")
    private float labelSmoothing;

    @Option(names = "--no-packing", description = "One example a sequence.")
    private boolean noPacking;

    @Option(names = "--recompute", description = "Compute layers twice to save most of the memory.")
    private boolean recompute;

    @Option(names = "--compact", description = "Keep slow types of weights as they are: slower, in less memory.")
    private boolean compact;

    @Option(names = "--loss-chunk", defaultValue = "128", description = "Tokens scored at once (default: 128).")
    private int lossChunk;

    @Option(names = "--threads", description = "CPU threads (default: the processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--seed", defaultValue = "42", description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--checkpoint-every", defaultValue = "50", description = "Steps between checkpoints (default: 50).")
    private int checkpointSteps;

    @Option(names = "--resume", description = "Goes on from the checkpoint beside --out, where there is one.")
    private boolean resume;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Tells of the training on a page.")
    private @Nullable Path report;

    @Option(
            names = "--sample",
            paramLabel = "PROMPT",
            description = "For the report: what the model says to this before and after; may be repeated.")
    private List<String> samples = List.of();

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    /** What they come to, for the model's file. */
    TrainingOptions options(Path file) {
        if (atOnce < 1 || batch % atOnce != 0) {
            throw new ServerException(
                    ServerError.USAGE,
                    "--at-once is " + atOnce + ", which does not divide the batch of " + batch + ".");
        }
        LoraOptions lora = LoraOptions.STANDARD
                .withProjections(Projection.parse(projections))
                .withOutput(output)
                .withRank(rank)
                .withAlpha(alpha == null ? 2f * rank : alpha)
                .withDropout(dropout)
                .withRsLora(rsLora)
                .withPlusRatio(plusRatio);
        OptimizerOptions optimizer = OptimizerOptions.STANDARD
                .withRate(rate)
                .withWarmup(warmup)
                .withSchedule(schedule)
                .withWeightDecay(weightDecay)
                .withClip(clip);
        TrainingOptions.Builder builder = TrainingOptions.builder(file, out)
                .lora(lora)
                .optimizer(optimizer)
                .length(length)
                .batch(atOnce)
                .accumulate(batch / atOnce * accumulate)
                .epochs(epochs)
                .labelSmoothing(labelSmoothing)
                .packing(!noPacking)
                .recompute(recompute)
                .compact(compact)
                .lossChunk(lossChunk)
                .compute(device)
                .threads(threads)
                .seed(seed)
                .checkpointSteps(checkpointSteps)
                .resume(resume);
        return (steps == null ? builder : builder.steps(steps)).build();
    }

    /** The page that was asked for. */
    Optional<ReportFile> report(TrainingOptions options) {
        return Optional.ofNullable(report).map(file -> new ReportFile(file, options, samples));
    }

    String model() {
        return model;
    }

    Path data() {
        return data;
    }

    boolean json() {
        return json;
    }
}
