package dev.quipu.codegen;

import java.time.Duration;

/**
 * How the loop goes about it; what the defaults were measured to do is in {@code docs/benchmarks.md}.
 *
 * @param strategy what follows a failing draft
 * @param selection which of the good drafts is taken
 * @param steered whether a model that can be given the beginning of its reply is given it
 * @param parallel drafts asked for at once
 * @param enough drafts that pass all given tests, after which no more are asked for; the selection chooses among them
 * @param voters drafts that are compared where nothing was given to test them with
 * @param temperature of all drafts but the first, which is the likeliest one
 * @param draftTokens tokens of a draft at most
 * @param repairs how often one line of drafts is repaired before a new one begins
 * @param inputs on which drafts are compared
 * @param testTime how long one test may take
 */
public record CodeOptions(
        Strategy strategy,
        Selection selection,
        boolean steered,
        int parallel,
        int enough,
        int voters,
        double temperature,
        int draftTokens,
        int repairs,
        int inputs,
        Duration testTime) {
    public static final CodeOptions STANDARD = new CodeOptions(
            Strategy.RESAMPLE, Selection.AGREEMENT, true, 4, 1, 5, 0.8, 512, 1, 40, Duration.ofSeconds(3));

    /** The likeliest reply as any chat model gives it, tested but neither repaired nor compared. */
    public static final CodeOptions SINGLE_DRAFT = STANDARD.withStrategy(Strategy.SINGLE)
            .withSelection(Selection.FIRST)
            .withSteered(false);

    public CodeOptions {
        within("parallel", parallel, 1, 64);
        within("enough", enough, 1, 64);
        within("voters", voters, 1, 64);
        within("draftTokens", draftTokens, 16, 1 << 15);
        within("repairs", repairs, 0, 16);
        within("inputs", inputs, 0, 200);
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new CodeException(CodeError.OPTION, "temperature is " + temperature + ", but has to be from 0 to 2.");
        }
    }

    private static void within(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new CodeException(
                    CodeError.OPTION, name + " is " + value + ", but has to be from " + low + " to " + high + ".");
        }
    }

    public CodeOptions withStrategy(Strategy value) {
        return new CodeOptions(
                value,
                selection,
                steered,
                parallel,
                enough,
                voters,
                temperature,
                draftTokens,
                repairs,
                inputs,
                testTime);
    }

    public CodeOptions withSelection(Selection value) {
        return new CodeOptions(
                strategy,
                value,
                steered,
                parallel,
                enough,
                voters,
                temperature,
                draftTokens,
                repairs,
                inputs,
                testTime);
    }

    public CodeOptions withSteered(boolean value) {
        return new CodeOptions(
                strategy,
                selection,
                value,
                parallel,
                enough,
                voters,
                temperature,
                draftTokens,
                repairs,
                inputs,
                testTime);
    }

    public CodeOptions withParallel(int value) {
        return new CodeOptions(
                strategy,
                selection,
                steered,
                value,
                enough,
                voters,
                temperature,
                draftTokens,
                repairs,
                inputs,
                testTime);
    }

    public CodeOptions withEnough(int value) {
        return new CodeOptions(
                strategy,
                selection,
                steered,
                parallel,
                value,
                voters,
                temperature,
                draftTokens,
                repairs,
                inputs,
                testTime);
    }

    public CodeOptions withVoters(int value) {
        return new CodeOptions(
                strategy,
                selection,
                steered,
                parallel,
                enough,
                value,
                temperature,
                draftTokens,
                repairs,
                inputs,
                testTime);
    }

    public CodeOptions withDraftTokens(int value) {
        return new CodeOptions(
                strategy, selection, steered, parallel, enough, voters, temperature, value, repairs, inputs, testTime);
    }
}
