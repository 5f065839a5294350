package dev.quipu.llama.quality;

/**
 * How well two models predict one text.
 *
 * @param windows into which the text was cut
 * @param tokens that were scored
 * @param perplexity of the model
 * @param reference perplexity of the reference
 * @param meanDivergence mean Kullback-Leibler divergence of the model's next-token probabilities from the reference's,
 *     in nats
 * @param p99Divergence exceeded by one token in a hundred
 * @param maxDivergence the largest
 * @param sameTop share of tokens for which both think the same token likeliest
 */
public record TextScore(
        int windows,
        int tokens,
        double perplexity,
        double reference,
        double meanDivergence,
        double p99Divergence,
        double maxDivergence,
        double sameTop) {
    /** How much larger the perplexity is than the reference's: 0.001 for a tenth of a percent. */
    public double perplexityChange() {
        return perplexity / reference - 1;
    }
}
