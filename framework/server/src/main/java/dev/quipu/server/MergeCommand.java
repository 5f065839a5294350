package dev.quipu.server;

import dev.quipu.llama.quantize.Quantization;
import dev.quipu.training.AdapterMerge;
import dev.quipu.training.MergeRequest;
import dev.quipu.training.MergedModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one model of a base and an adapter. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = "Merges an adapter into its base; the output appears when it is whole.")
final class MergeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BASE", description = "A GGUF file or a model that was pulled.")
    private String base = "";

    @Parameters(index = "1", paramLabel = "ADAPTER", description = "The adapter's GGUF file.")
    @SuppressWarnings("NullAway.Init")
    private Path adapter;

    @Parameters(index = "2", paramLabel = "OUT", description = "The file to make.")
    @SuppressWarnings("NullAway.Init")
    private Path output;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "F16, Q8_0, Q6_K, Q5_K_M, Q5_0, Q4_K_M or Q4_0 (default: each weight's own).")
    private @Nullable String type;

    @Option(names = "--scale", defaultValue = "1", description = "How much the adapter counts (default: 1).")
    private float scale;

    @Option(names = "--replace", description = "Replace a file that is there.")
    private boolean replace;

    @Option(names = "--threads", description = "CPU threads (default: the processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        MergeRequest request = new MergeRequest(
                ModelInspection.locate(base), adapter, output, quantization(), scale, replace, threads);
        MergedModel made = new AdapterMerge(request).run(new PercentLine("merged"));
        String told = json
                ? Json.create()
                        .put("path", made.file().toString())
                        .put("weights", made.weights())
                        .put("baseBytes", made.baseBytes())
                        .put("bytes", made.bytes())
                        .toString()
                : made.file() + "  " + made.weights() + " weights changed, " + made.bytes() / 1_000_000 + " MB";
        System.out.println(told);
        return 0;
    }

    private Optional<Quantization> quantization() {
        if (type == null) {
            return Optional.empty();
        }
        return Optional.of(Quantization.named(type)
                .orElseThrow(() -> new ServerException(
                        ServerError.USAGE,
                        "--type is '" + type + "', but has to be one of " + Arrays.toString(Quantization.values())
                                + ".")));
    }
}
