package dev.quipu.training;

import java.util.EnumSet;
import java.util.Set;

/**
 * What an adapter looks like (Hu et al. 2021, "LoRA").
 *
 * @param output whether the weight that makes the scores is changed, too; its inputs know no dropout
 * @param rank of the two matrices whose product is added to a weight
 * @param alpha strength: the product counts {@code alpha / rank}, or {@code alpha / sqrt(rank)} with {@code rsLora}
 * @param dropout share of a projection's inputs that its adapter does not see in a step
 * @param rsLora whether strength falls by the root of the rank only (Kalajdzievski 2023)
 * @param plusRatio how much faster B learns than A (Hayou et al. 2024, "LoRA+"); 1 for alike
 */
public record LoraOptions(
        Set<Projection> projections,
        boolean output,
        int rank,
        float alpha,
        float dropout,
        boolean rsLora,
        float plusRatio) {
    public static final LoraOptions STANDARD = new LoraOptions(Projection.all(), false, 16, 32, 0, false, 1);

    private static final int MOST_RANK = 1024;

    public LoraOptions {
        projections = projections.isEmpty() ? Set.of() : EnumSet.copyOf(projections);
        Ranges.require(!projections.isEmpty() || output, "projections are none, but have to be one at least");
        Ranges.require(rank >= 1 && rank <= MOST_RANK, "rank is " + rank + ", but has to be from 1 to " + MOST_RANK);
        Ranges.require(alpha > 0 && Float.isFinite(alpha), "alpha is " + alpha + ", but has to be above 0");
        Ranges.require(dropout >= 0 && dropout < 1, "dropout is " + dropout + ", but has to be from 0 to below 1");
        Ranges.require(
                plusRatio > 0 && Float.isFinite(plusRatio),
                "the ratio of LoRA+ is " + plusRatio + ", but has to be above 0");
    }

    /** What the product of the two matrices is multiplied by. */
    public float scale() {
        return (float) (alpha / (rsLora ? Math.sqrt(rank) : rank));
    }

    public LoraOptions withProjections(Set<Projection> value) {
        return new LoraOptions(value, output, rank, alpha, dropout, rsLora, plusRatio);
    }

    public LoraOptions withOutput(boolean value) {
        return new LoraOptions(projections, value, rank, alpha, dropout, rsLora, plusRatio);
    }

    public LoraOptions withRank(int value) {
        return new LoraOptions(projections, output, value, alpha, dropout, rsLora, plusRatio);
    }

    public LoraOptions withAlpha(float value) {
        return new LoraOptions(projections, output, rank, value, dropout, rsLora, plusRatio);
    }

    public LoraOptions withDropout(float value) {
        return new LoraOptions(projections, output, rank, alpha, value, rsLora, plusRatio);
    }

    public LoraOptions withRsLora(boolean value) {
        return new LoraOptions(projections, output, rank, alpha, dropout, value, plusRatio);
    }

    public LoraOptions withPlusRatio(float value) {
        return new LoraOptions(projections, output, rank, alpha, dropout, rsLora, value);
    }
}
