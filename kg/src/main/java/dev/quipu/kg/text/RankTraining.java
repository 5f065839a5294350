package dev.quipu.kg.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Learns a {@link Ranking} from questions whose passages are known, stage by stage: each stage is fitted to what the ones
 * before it leave, by the likelihood of the right passages among the candidates of their question (ListNet; Cao et al.,
 * 2007). Questions of several corpora can be learnt from together. The same examples give the same ranking.
 */
public final class RankTraining {
    private static final int STAGES = 3;
    private static final int STEPS = 400;
    private static final double RATE = 0.05;
    private static final double PENALTY = 0.1;

    private RankTraining() {}

    /**
     * A question with its answer.
     *
     * @param retriever of the corpus that it is about
     * @param sources the sources whose passages answer it
     */
    public record Example(PassageRetriever retriever, String question, Set<String> sources) {
        public Example {
            sources = Set.copyOf(sources);
        }
    }

    public static Ranking learn(List<Example> examples) {
        return new Ranking(stages(examples, true), stages(examples, false));
    }

    private record Open(Search search, Set<String> sources, Snapshot snapshot) {
        boolean right(Candidate candidate) {
            return sources.contains(snapshot.passage(candidate.passage).source());
        }
    }

    private static List<Map<Feature, Double>> stages(List<Example> examples, boolean vectors) {
        List<Open> searches = new ArrayList<>();
        for (Example example : examples) {
            Asked asked = example.retriever().ask(example.question(), PassageFilter.PUBLIC, vectors);
            if (asked.dense() == vectors) {
                searches.add(new Open(new Search(asked), example.sources(), asked.snapshot()));
            }
        }
        List<Map<Feature, Double>> stages = new ArrayList<>();
        for (int stage = 0; stage < STAGES; stage++) {
            List<Feature> usable = usable(vectors, stage);
            if (stage > 0) {
                searches.forEach(s -> s.search().expand());
            }
            Map<Feature, Double> fitted = fit(searches, usable);
            stages.add(fitted);
            RankStage ranked = new RankStage(fitted);
            searches.forEach(s -> s.search().rank(ranked));
        }
        return stages;
    }

    private static List<Feature> usable(boolean vectors, int stage) {
        return Arrays.stream(Feature.values())
                .filter(f -> f.usable(vectors, stage))
                .toList();
    }

    /** The candidates of a question as standardised features, the right ones marked. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Sample(double[][] rows, boolean[] right) {}

    private static Map<Feature, Double> fit(List<Open> searches, List<Feature> usable) {
        double[] mean = new double[usable.size()];
        double[] deviation = new double[usable.size()];
        measure(searches, usable, mean, deviation);
        List<Sample> samples = searches.stream()
                .map(s -> sample(s, usable, mean, deviation))
                .filter(s -> anyTrue(s.right()))
                .toList();
        double[] weights = descend(samples, usable.size());
        Map<Feature, Double> fitted = new EnumMap<>(Feature.class);
        for (int i = 0; i < weights.length; i++) {
            fitted.put(usable.get(i), Math.round(weights[i] / deviation[i] * 1e5) / 1e5);
        }
        return fitted;
    }

    private static void measure(List<Open> searches, List<Feature> usable, double[] mean, double[] deviation) {
        long count = 0;
        for (Open open : searches) {
            for (Candidate candidate : open.search().candidates()) {
                count++;
                for (int i = 0; i < mean.length; i++) {
                    double value = candidate.get(usable.get(i));
                    mean[i] += value;
                    deviation[i] += value * value;
                }
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= Math.max(1, count);
            deviation[i] = Math.sqrt(Math.max(0, deviation[i] / Math.max(1, count) - mean[i] * mean[i])) + 1e-6;
        }
    }

    private static Sample sample(Open open, List<Feature> usable, double[] mean, double[] deviation) {
        List<Candidate> candidates = open.search().candidates();
        double[][] rows = new double[candidates.size()][usable.size()];
        boolean[] right = new boolean[rows.length];
        for (int c = 0; c < rows.length; c++) {
            for (int i = 0; i < usable.size(); i++) {
                double value = candidates.get(c).get(usable.get(i));
                rows[c][i] = (value - mean[i]) / deviation[i];
            }
            right[c] = open.right(candidates.get(c));
        }
        return new Sample(rows, right);
    }

    private static boolean anyTrue(boolean[] values) {
        for (boolean value : values) {
            if (value) {
                return true;
            }
        }
        return false;
    }

    /** Adam (Kingma and Ba, 2015) over all samples at once, with a falling rate. */
    private static double[] descend(List<Sample> samples, int size) {
        double[] weights = new double[size];
        double[] first = new double[size];
        double[] second = new double[size];
        for (int step = 1; step <= STEPS; step++) {
            double[] gradient = gradient(samples, weights);
            double rate = RATE * (1 - (step - 1.0) / STEPS);
            for (int i = 0; i < size; i++) {
                first[i] = 0.9 * first[i] + 0.1 * gradient[i];
                second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
                double bias = Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
                weights[i] -= rate * bias * first[i] / (Math.sqrt(second[i]) + 1e-8);
            }
        }
        return weights;
    }

    private static double[] gradient(List<Sample> samples, double[] weights) {
        double[] gradient = new double[weights.length];
        for (Sample sample : samples) {
            addGradient(sample, weights, gradient);
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = gradient[i] / Math.max(1, samples.size()) + 2 * PENALTY * weights[i];
        }
        return gradient;
    }

    /** Of the negative log-likelihood: expected features less those of the right candidates. */
    private static void addGradient(Sample sample, double[] weights, double[] gradient) {
        double[] likely = new double[sample.rows().length];
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < likely.length; c++) {
            for (int i = 0; i < weights.length; i++) {
                likely[c] += weights[i] * sample.rows()[c][i];
            }
            most = Math.max(most, likely[c]);
        }
        double sum = 0;
        int right = 0;
        for (int c = 0; c < likely.length; c++) {
            likely[c] = Math.exp(likely[c] - most);
            sum += likely[c];
            right += sample.right()[c] ? 1 : 0;
        }
        for (int c = 0; c < likely.length; c++) {
            double surplus = likely[c] / sum - (sample.right()[c] ? 1.0 / right : 0);
            for (int i = 0; i < weights.length; i++) {
                gradient[i] += surplus * sample.rows()[c][i];
            }
        }
    }
}
