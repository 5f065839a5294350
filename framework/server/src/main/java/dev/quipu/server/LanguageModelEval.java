package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.llama.quality.TextCheck;
import dev.quipu.llama.quality.TextScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How far a model is from a reference on a text. */
@Command(
        name = "lm",
        mixinStandardHelpOptions = true,
        description = {
            "Compares a model with a reference, or with itself under an adapter, on a text:",
            "perplexity and Kullback-Leibler divergence."
        })
final class LanguageModelEval implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "A", description = "A GGUF file or a pulled model.")
    private String model = "";

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Against against;

    /** One of the two. */
    static final class Against {
        @Option(names = "--reference", required = true, paramLabel = "B", description = "What it is compared with.")
        private String reference = "";

        @Option(
                names = "--adapter",
                required = true,
                paramLabel = "NAME|FILE",
                description = "An adapter of the model, which with it is compared with itself without it.")
        private String adapter = "";
    }

    @Option(names = "--scale", defaultValue = "1", description = "How strongly the adapter acts (default: 1).")
    private float scale;

    @Option(names = "--text", required = true, paramLabel = "F", description = "A text file in UTF-8.")
    @SuppressWarnings("NullAway.Init")
    private Path text;

    @Option(names = "--window", defaultValue = "512", description = "Tokens of a window (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(names = "--limit", defaultValue = "2147483647", description = "At most this many windows.")
    private int limit;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Path file = ModelInspection.locate(model);
        TextScore score = against.adapter.isEmpty()
                ? compare(file, ModelInspection.locate(against.reference), text, window, limit)
                : adapted(file, AdapterFiles.find(against.adapter));
        System.out.print(json ? json(score) + System.lineSeparator() : table(score));
        return 0;
    }

    private TextScore adapted(Path file, Path adapter) {
        return TextCheck.STANDARD
                .withWindow(window)
                .withMost(limit)
                .compareAdapted(file, adapter, scale, read(text), new PercentLine("compared"));
    }

    static TextScore compare(Path model, Path reference, Path text, int window, int limit) {
        return TextCheck.STANDARD
                .withWindow(window)
                .withMost(limit)
                .compare(model, reference, read(text), new PercentLine("compared"));
    }

    private static String read(Path text) {
        try {
            return Files.readString(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, text + " cannot be read as UTF-8: " + e + ".", e);
        }
    }

    static ObjectNode json(TextScore score) {
        return Json.create()
                .put("windows", score.windows())
                .put("tokens", score.tokens())
                .put("perplexity", score.perplexity())
                .put("referencePerplexity", score.reference())
                .put("perplexityChange", score.perplexityChange())
                .put("meanDivergence", score.meanDivergence())
                .put("p99Divergence", score.p99Divergence())
                .put("maxDivergence", score.maxDivergence())
                .put("sameTop", score.sameTop());
    }

    static String table(TextScore score) {
        return String.format(
                Locale.ROOT,
                "perplexity %.4f, reference %.4f (%+.3f %%)%n"
                        + "divergence mean %.6f, 99 %% below %.6f, most %.6f nats%n"
                        + "same likeliest token %.2f %% of %d tokens in %d windows%n",
                score.perplexity(),
                score.reference(),
                100 * score.perplexityChange(),
                score.meanDivergence(),
                score.p99Divergence(),
                score.maxDivergence(),
                100 * score.sameTop(),
                score.tokens(),
                score.windows());
    }
}
