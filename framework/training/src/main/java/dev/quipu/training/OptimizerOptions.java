package dev.quipu.training;

/**
 * AdamW (Loshchilov and Hutter 2019) and the rate it learns with.
 *
 * @param rate of learning at its highest
 * @param warmup steps in which the rate rises to that
 * @param clip norm that the gradient is cut down to; 0 for never
 */
public record OptimizerOptions(
        float rate,
        Schedule schedule,
        int warmup,
        float beta1,
        float beta2,
        float epsilon,
        float weightDecay,
        float clip) {
    public static final OptimizerOptions STANDARD =
            new OptimizerOptions(2e-4f, Schedule.COSINE, 0, 0.9f, 0.999f, 1e-8f, 0, 1);

    public OptimizerOptions {
        Ranges.require(rate > 0 && rate <= 1, "the rate is " + rate + ", but has to be above 0 and at most 1");
        Ranges.require(warmup >= 0, "the warm-up is " + warmup + " steps, but has to be 0 or more");
        Ranges.require(beta1 >= 0 && beta1 < 1, "beta1 is " + beta1 + ", but has to be from 0 to below 1");
        Ranges.require(beta2 >= 0 && beta2 < 1, "beta2 is " + beta2 + ", but has to be from 0 to below 1");
        Ranges.require(epsilon > 0, "epsilon is " + epsilon + ", but has to be above 0");
        Ranges.require(
                weightDecay >= 0 && weightDecay <= 1,
                "the weight decay is " + weightDecay + ", but has to be from 0 to 1");
        Ranges.require(clip >= 0, "the clipping is " + clip + ", but has to be 0 or more");
    }

    public OptimizerOptions withRate(float value) {
        return new OptimizerOptions(value, schedule, warmup, beta1, beta2, epsilon, weightDecay, clip);
    }

    public OptimizerOptions withSchedule(Schedule value) {
        return new OptimizerOptions(rate, value, warmup, beta1, beta2, epsilon, weightDecay, clip);
    }

    public OptimizerOptions withWarmup(int value) {
        return new OptimizerOptions(rate, schedule, value, beta1, beta2, epsilon, weightDecay, clip);
    }

    public OptimizerOptions withWeightDecay(float value) {
        return new OptimizerOptions(rate, schedule, warmup, beta1, beta2, epsilon, value, clip);
    }

    public OptimizerOptions withClip(float value) {
        return new OptimizerOptions(rate, schedule, warmup, beta1, beta2, epsilon, weightDecay, value);
    }
}
