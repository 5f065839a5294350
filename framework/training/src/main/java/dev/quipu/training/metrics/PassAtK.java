package dev.quipu.training.metrics;

/** The chance that one of k attempts passes, without bias from n attempts of which c passed (Chen et al., 2021). */
public final class PassAtK {
    private PassAtK() {}

    /**
     * @param attempts that were made
     * @param passed of them
     * @param k attempts that one would make, at most as many as were made
     */
    public static double of(int attempts, int passed, int k) {
        MetricException.require(
                passed >= 0 && passed <= attempts && k >= 1 && k <= attempts,
                passed + " of " + attempts + " attempts say nothing of the best of " + k);
        double none = 1;
        for (int i = attempts - passed + 1; i <= attempts; i++) {
            none *= Math.max(0, 1 - (double) k / i);
        }
        return 1 - none;
    }
}
