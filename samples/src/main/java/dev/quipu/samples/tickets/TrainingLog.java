package dev.quipu.samples.tickets;

import dev.quipu.training.TrainingListener;
import dev.quipu.training.TrainingProgress;
import java.io.PrintStream;
import java.util.Locale;

/** Tells every tenth step of a training on a line. */
record TrainingLog(PrintStream out) implements TrainingListener {
    @Override
    public void step(TrainingProgress p) {
        if (p.step() % 10 == 0 || p.step() == 1 || p.step() == p.steps()) {
            out.printf(
                    Locale.ROOT,
                    "step %d of %d, loss %.4f, %.0f tokens/s, %d min left%n",
                    p.step(),
                    p.steps(),
                    p.loss(),
                    p.tokensPerSecond(),
                    p.left().toMinutes());
        }
    }
}
