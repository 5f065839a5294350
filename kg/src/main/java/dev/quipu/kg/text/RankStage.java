package dev.quipu.kg.text;

import java.util.Map;

/** A linear opinion about features. */
final class RankStage {
    private final double[] coefficients = new double[Feature.values().length];

    RankStage(Map<Feature, Double> coefficients) {
        coefficients.forEach((f, c) -> this.coefficients[f.at()] = c);
    }

    double score(float[] features) {
        double sum = 0;
        for (int i = 0; i < coefficients.length; i++) {
            sum += coefficients[i] * features[i];
        }
        return sum;
    }
}
