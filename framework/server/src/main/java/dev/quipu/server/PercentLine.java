package dev.quipu.server;

import java.util.function.DoubleConsumer;

/** Tells progress on standard error, a line for each tenth. Not thread-safe, but for one teller at a time. */
final class PercentLine implements DoubleConsumer {
    private final String done;
    private int told;

    PercentLine(String done) {
        this.done = done;
    }

    @Override
    public void accept(double share) {
        int tenths = (int) (share * 10 + 1e-9);
        if (tenths > told) {
            told = tenths;
            System.err.println(done + " " + tenths * 10 + " %");
        }
    }
}
