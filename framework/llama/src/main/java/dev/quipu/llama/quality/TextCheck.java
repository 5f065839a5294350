package dev.quipu.llama.quality;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.ffm.internal.LogitReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Compares a model with a reference on a text.
 *
 * <p>The method is that of llama.cpp's {@code perplexity} tool: the tokens of the text are cut into windows of one length,
 * a rest is left out; each window is read alone, its first token replaced by the one that begins texts where the model
 * wants one; the tokens of the second half of a window are scored, for which there is enough before them. Perplexity is
 * the exponential of their mean loss. Logits come from llama.cpp in single precision; everything after is in doubles.
 *
 * @param window tokens of a window
 * @param most windows that are read at most
 * @param threads CPU threads; 0 for the processors at hand
 */
public record TextCheck(int window, int most, int threads) {
    /** Windows of 512 tokens, as many as there are. */
    public static final TextCheck STANDARD = new TextCheck(512, Integer.MAX_VALUE, 0);

    public TextCheck {
        if (window < 32 || window > 1 << 15 || most < 1) {
            throw new EngineException(
                    EngineError.OPTION,
                    "A window of " + window + " tokens, at most " + most + " times: a window has from 32 to 32768, and"
                            + " there has to be one.");
        }
    }

    /** The same on windows of another length. */
    public TextCheck withWindow(int value) {
        return new TextCheck(value, most, threads);
    }

    /** The same on so many windows at most. */
    public TextCheck withMost(int value) {
        return new TextCheck(window, value, threads);
    }

    /**
     * Reads a text with both models; that takes as long as reading it as a prompt twice.
     *
     * @param progress hears which share is done
     * @throws EngineException if a model does not load, their tokens differ, or the text is shorter than a window
     */
    public TextScore compare(Path model, Path reference, String text, DoubleConsumer progress) {
        return apart(() -> {
            try (LogitReader first = LogitReader.open(model, window, threads);
                    LogitReader second = LogitReader.open(reference, window, threads)) {
                return run(first, second, model + " and " + reference, text, progress);
            }
        });
    }

    /**
     * Reads a text with a model and an adapter; the model as it is is the reference.
     *
     * @param scale how strongly the adapter acts; 1 as it was trained
     * @param progress hears which share is done
     * @throws EngineException if one does not load, or the text is shorter than a window
     */
    public TextScore compareAdapted(Path model, Path adapter, float scale, String text, DoubleConsumer progress) {
        return apart(() -> {
            try (LogitReader first = LogitReader.open(model, adapter, scale, window, threads);
                    LogitReader second = LogitReader.open(model, window, threads)) {
                return run(first, second, model + " twice", text, progress);
            }
        });
    }

    private static TextScore apart(Supplier<TextScore> work) {
        // llama.cpp would pin the carrier of a virtual thread that called this.
        try (ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("quipu-check").daemon().factory())) {
            return CompletableFuture.supplyAsync(work, thread).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private TextScore run(LogitReader first, LogitReader second, String which, String text, DoubleConsumer progress) {
        int[] tokens = first.tokenize(text);
        if (first.vocabulary() != second.vocabulary() || !Arrays.equals(tokens, second.tokenize(text))) {
            throw new EngineException(
                    EngineError.OPTION,
                    which + " cut text into different tokens, so they cannot be compared."
                            + " Name a model and the one that it was made of.");
        }
        int windows = Math.min(most, tokens.length / window);
        if (windows == 0) {
            throw new EngineException(
                    EngineError.OPTION,
                    "The text has " + tokens.length + " tokens, but a window " + window
                            + ". Take a longer text or a smaller window.");
        }
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            positions.addAll(read(first, second, Arrays.copyOfRange(tokens, i * window, (i + 1) * window)));
            progress.accept((i + 1.0) / windows);
        }
        return score(windows, positions);
    }

    private List<Position> read(LogitReader model, LogitReader reference, int[] tokens) {
        int first = window / 2;
        model.read(tokens, first);
        reference.read(tokens, first);
        // The last token has no next one in the window.
        return IntStream.range(first, window - 1)
                .parallel()
                .mapToObj(i -> Position.of(model.logits(i - first), reference.logits(i - first), tokens[i + 1]))
                .toList();
    }

    private static TextScore score(int windows, List<Position> positions) {
        double[] divergences =
                positions.stream().mapToDouble(Position::divergence).sorted().toArray();
        return new TextScore(
                windows,
                positions.size(),
                Math.exp(
                        positions.stream().mapToDouble(Position::loss).average().orElseThrow()),
                Math.exp(positions.stream()
                        .mapToDouble(Position::referenceLoss)
                        .average()
                        .orElseThrow()),
                Arrays.stream(divergences).average().orElseThrow(),
                divergences[(int) (0.99 * (divergences.length - 1))],
                divergences[divergences.length - 1],
                (double) positions.stream().filter(Position::sameTop).count() / positions.size());
    }
}
