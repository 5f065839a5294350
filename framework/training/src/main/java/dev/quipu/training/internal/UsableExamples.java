package dev.quipu.training.internal;

import dev.quipu.training.Example;
import dev.quipu.training.Examples;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The examples that can be learnt from, and how many cannot. */
record UsableExamples(int length, int vocabulary) {
    private static final Logger log = LoggerFactory.getLogger(UsableExamples.class);

    /** @throws TrainingException if none is left, or one has a token that the model does not have */
    List<Example> of(Examples examples) {
        List<Example> all = examples.all();
        all.forEach(this::requireTokens);
        List<Example> fitting =
                all.stream().filter(e -> e.tokens().length - 1 <= length).toList();
        List<Example> usable =
                fitting.stream().filter(e -> e.trainedCount() > 0).toList();
        int tooLong = all.size() - fitting.size();
        int silent = fitting.size() - usable.size();
        if (usable.isEmpty()) {
            throw new TrainingException(
                    TrainingError.EMPTY,
                    "There is nothing to train on: of " + all.size() + " examples " + tooLong
                            + " have more than " + length + " tokens and " + silent + " have nothing to learn"
                            + (examples.skipped().isEmpty() ? "" : "; left out before: " + examples.told())
                            + ". Add examples or raise the length.");
        }
        if (tooLong > 0 || silent > 0) {
            log.atWarn()
                    .addKeyValue("tooLong", tooLong)
                    .addKeyValue("nothingToLearn", silent)
                    .addKeyValue("used", usable.size())
                    .log("Examples are left out");
        }
        return usable;
    }

    private void requireTokens(Example example) {
        for (int token : example.tokens()) {
            if (token < 0 || token >= vocabulary) {
                throw new TrainingException(
                        TrainingError.DATA,
                        "An example has the token " + token + ", but the model has " + vocabulary
                                + ". Tokenize with the model that is trained.");
            }
        }
    }
}
