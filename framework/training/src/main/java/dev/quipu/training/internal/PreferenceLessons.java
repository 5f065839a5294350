package dev.quipu.training.internal;

import dev.quipu.training.Example;
import dev.quipu.training.Examples;
import dev.quipu.training.Preference;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.internal.LossGraph.Use;
import java.util.ArrayList;
import java.util.List;

/**
 * Learning which of two answers is better.
 *
 * <p>The loss of a pair is {@code -log sigmoid(beta * d)}, where d is how much further apart the logarithms of the answers'
 * probabilities are than in the reference. Its gradient is that of the likelihood of both answers, each times the same
 * number with the other sign; so the pair is computed forwards to find that number, and then learnt as examples are, with
 * the number for the weight of each token.
 */
public final class PreferenceLessons implements Lessons {
    private final Workbench bench;
    private final TrainingOptions options;
    private final float beta;
    private final List<Example> examples = new ArrayList<>();
    private final Packer answers;
    private final StepPlan plan;
    private final LossGraph learning;
    private final LossGraph forward;
    private final LossGraph reference;
    private final double[] margins;
    private int tokens;

    /** @throws TrainingException if there is nothing to learn from */
    public PreferenceLessons(Workbench bench, List<Preference> preferences, float beta) {
        this.bench = bench;
        this.options = bench.options();
        this.beta = beta;
        List<Example> questions = new ArrayList<>();
        for (Preference each : preferences) {
            if (fits(each.chosen()) && fits(each.rejected())) {
                questions.add(each.chosen());
                examples.add(each.chosen());
                examples.add(each.rejected());
            }
        }
        if (examples.isEmpty()) {
            throw new TrainingException(
                    TrainingError.EMPTY,
                    "There is nothing to train on: none of " + preferences.size() + " preferences has two answers of at"
                            + " most " + options.length() + " tokens. Add preferences or raise the length.");
        }
        List<Example> sound =
                new UsableExamples(options.length(), bench.geometry().vocabulary()).of(Examples.of(examples));
        answers = new Packer(sound, options, false);
        plan = new StepPlan(new Packer(questions, options, false), options);
        int sequences = 2 * options.batch();
        learning = bench.learning(sequences);
        forward = bench.graph(sequences, Use.FORWARD, true);
        reference = bench.graph(sequences, Use.FORWARD, false);
        margins = new double[questions.size()];
        java.util.Arrays.fill(margins, Double.NaN);
    }

    private boolean fits(Example example) {
        return example.tokens().length - 1 <= options.length() && example.trainedCount() > 0;
    }

    @Override
    public int steps() {
        return plan.steps();
    }

    @Override
    public List<Example> examples() {
        return examples;
    }

    @Override
    public String kind() {
        return "preference, beta " + beta;
    }

    @Override
    public int tokens() {
        return tokens;
    }

    @Override
    public double learn(int step) {
        List<int[]> pairs = plan.sequences(step);
        double loss = 0;
        tokens = 0;
        long number = (long) step * options.accumulate();
        for (int at = 0; at < pairs.size(); at += options.batch()) {
            bench.draw(number++);
            loss += learn(pairs.subList(at, Math.min(pairs.size(), at + options.batch())), pairs.size());
        }
        return loss;
    }

    private double learn(List<int[]> pairs, int all) {
        List<int[]> rows = new ArrayList<>();
        pairs.forEach(pair -> {
            rows.add(new int[] {2 * pair[0]});
            rows.add(new int[] {2 * pair[0] + 1});
        });
        Batch batch = answers.batch(rows, 2 * options.batch(), 1);
        tokens += batch.tokenCount();
        refer(pairs, batch);
        double[] now = margins(forward, batch, pairs.size());
        double[] factors = new double[2 * options.batch()];
        double loss = 0;
        for (int i = 0; i < pairs.size(); i++) {
            double apart = beta * (now[i] - margins[pairs.get(i)[0]]);
            loss += Math.log1p(Math.exp(-Math.abs(apart))) + Math.max(0, -apart);
            factors[2 * i] = beta / (1 + Math.exp(apart)) / all;
            factors[2 * i + 1] = -factors[2 * i];
        }
        learning.compute(batch.scaled(factors, options.length()));
        return loss / all;
    }

    /** Finds out, once a pair, what the model thinks without the adapter. */
    private void refer(List<int[]> pairs, Batch batch) {
        if (pairs.stream().anyMatch(pair -> Double.isNaN(margins[pair[0]]))) {
            double[] found = margins(reference, batch, pairs.size());
            for (int i = 0; i < found.length; i++) {
                margins[pairs.get(i)[0]] = found[i];
            }
        }
    }

    /** For each pair how much likelier the better answer is, as a logarithm. */
    private double[] margins(LossGraph graph, Batch batch, int count) {
        graph.compute(batch);
        double[] logs = graph.logProbabilities();
        double[] margins = new double[count];
        for (int i = 0; i < 2 * count * options.length(); i++) {
            int row = i / options.length();
            margins[row / 2] += (row % 2 == 0 ? 1 : -1) * batch.weights()[i] * logs[i];
        }
        return margins;
    }
}
