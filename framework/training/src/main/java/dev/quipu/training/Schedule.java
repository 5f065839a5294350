package dev.quipu.training;

/** How the learning rate goes after the warm-up. */
public enum Schedule {
    COSINE {
        @Override
        double share(double done) {
            return 0.5 * (1 + Math.cos(Math.PI * done));
        }
    },
    LINEAR {
        @Override
        double share(double done) {
            return 1 - done;
        }
    },
    CONSTANT {
        @Override
        double share(double done) {
            return 1;
        }
    };

    /** The share of the full rate when that share of the steps after the warm-up is done. */
    abstract double share(double done);

    /**
     * The share of the full rate in a step.
     *
     * @param step from 0
     * @param warmup steps in which the rate rises to the full one
     * @param steps of the whole training
     */
    public double share(int step, int warmup, int steps) {
        if (step < warmup) {
            return (step + 1.0) / warmup;
        }
        return share((double) (step - warmup) / Math.max(1, steps - warmup));
    }
}
