package dev.quipu.server;

import dev.quipu.server.eval.AnsweredSet;
import dev.quipu.training.metrics.Resampling;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that scores of answers share. */
final class EvalAnswers {
    @Option(
            names = "--answers",
            required = true,
            paramLabel = "A.jsonl",
            description = "A line an answer: id, answer, reference (or references).")
    @SuppressWarnings("NullAway.Init")
    private Path answers;

    @Option(names = "--references", paramLabel = "R.jsonl", description = "The references, where they are elsewhere.")
    private Optional<Path> references = Optional.empty();

    @Option(names = "--baseline", paramLabel = "B.jsonl", description = "Another run on the same set, to compare with.")
    private Optional<Path> baseline = Optional.empty();

    @Option(names = "--draws", defaultValue = "1000", description = "Draws for intervals and tests (default: 1000).")
    private int draws;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    AnsweredSet run() {
        return read(answers);
    }

    /** In the order of the run. */
    Optional<AnsweredSet> baseline(AnsweredSet run) {
        return baseline.map(file -> read(file).inOrderOf(run));
    }

    private AnsweredSet read(Path file) {
        return references.map(r -> AnsweredSet.read(file, r)).orElseGet(() -> AnsweredSet.read(file));
    }

    Resampling resampling() {
        return new Resampling(draws, Resampling.STANDARD.seed());
    }

    boolean json() {
        return json;
    }
}
