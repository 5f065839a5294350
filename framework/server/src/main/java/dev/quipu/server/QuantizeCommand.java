package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.llama.quality.TextScore;
import dev.quipu.llama.quantize.Quantization;
import dev.quipu.llama.quantize.QuantizeJob;
import dev.quipu.llama.quantize.QuantizeRequest;
import dev.quipu.llama.quantize.QuantizedModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a smaller file of a model. */
@Command(
        name = "quantize",
        mixinStandardHelpOptions = true,
        description = "Quantizes a model; the output appears when it is whole.")
final class QuantizeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "IN", description = "A GGUF file or a model that was pulled.")
    private String input = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to make.")
    @SuppressWarnings("NullAway.Init")
    private Path output;

    @Parameters(
            index = "2",
            paramLabel = "TYPE",
            description = "F16, Q8_0, Q6_K, Q5_K_M, Q5_0, Q4_K_M, Q4_0 or BATCHED (Q8_0 where types do not batch).")
    private String type = "";

    @Option(names = "--requantize", description = "Take an input that is quantized already, at a loss.")
    private boolean requantize;

    @Option(names = "--replace", description = "Replace a file that is there.")
    private boolean replace;

    @Option(names = "--threads", defaultValue = "0", description = "CPU threads (default: all).")
    private int threads;

    @Option(names = "--check", paramLabel = "TEXT", description = "Then compare with the input on this text file.")
    private @Nullable Path check;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Quantization mix = Quantization.named(type)
                .orElseThrow(() -> new ServerException(
                        ServerError.USAGE,
                        "TYPE is '" + type + "', but has to be one of " + Arrays.toString(Quantization.values())
                                + "."));
        Path source = ModelInspection.locate(input);
        QuantizeRequest request = new QuantizeRequest(source, output, mix, requantize, replace, threads);
        QuantizedModel made;
        try (QuantizeJob job = QuantizeJob.start(request, new PercentLine("quantized"))) {
            made = job.await();
        }
        ObjectNode told = Json.create()
                .put("path", made.file().toString())
                .put("type", mix.name())
                .put("sourceBytes", made.sourceBytes())
                .put("bytes", made.bytes());
        if (!json) {
            System.out.printf(
                    "%s  %s  %d MB, of %d MB%n",
                    made.file(), mix, made.bytes() / 1_000_000, made.sourceBytes() / 1_000_000);
        }
        if (check != null) {
            TextScore score = LanguageModelEval.compare(made.file(), source, check, 512, Integer.MAX_VALUE);
            told.set("check", LanguageModelEval.json(score));
            if (!json) {
                System.out.print(LanguageModelEval.table(score));
            }
        }
        if (json) {
            System.out.println(told);
        }
        return 0;
    }
}
