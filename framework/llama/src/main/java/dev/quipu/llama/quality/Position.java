package dev.quipu.llama.quality;

/**
 * What two models say of one token, computed in doubles.
 *
 * @param loss minus the logarithm of the probability that the model gave the token that came
 * @param referenceLoss the same of the reference
 * @param divergence of the model's probabilities from the reference's
 * @param sameTop whether both think the same token likeliest
 */
record Position(double loss, double referenceLoss, double divergence, boolean sameTop) {
    static Position of(float[] model, float[] reference, int next) {
        int top = top(model);
        int referenceTop = top(reference);
        double normal = logSum(model, model[top]);
        double referenceNormal = logSum(reference, reference[referenceTop]);
        double divergence = 0;
        for (int i = 0; i < model.length; i++) {
            double expected = reference[i] - referenceNormal;
            double probability = Math.exp(expected);
            // A probability of zero takes no part, whatever the other model says.
            if (probability > 0) {
                divergence += probability * (expected - (model[i] - normal));
            }
        }
        return new Position(
                normal - model[next], referenceNormal - reference[next], Math.max(0, divergence), top == referenceTop);
    }

    private static int top(float[] logits) {
        int top = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[top]) {
                top = i;
            }
        }
        return top;
    }

    /** The logarithm of the sum of exponentials, without overflow. */
    private static double logSum(float[] logits, double most) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            sum += Math.exp(logits[i] - most);
        }
        return most + Math.log(sum);
    }
}
