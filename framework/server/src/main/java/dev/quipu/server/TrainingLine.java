package dev.quipu.server;

import dev.quipu.training.TrainingListener;
import dev.quipu.training.TrainingProgress;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells how a training goes: over and over on one line of a terminal, elsewhere on a line every few seconds. Closing it ends
 * an open line.
 */
final class TrainingLine implements TrainingListener, AutoCloseable {
    private static final long LINE_MILLIS = 5_000;

    private final PrintStream out;
    private final boolean terminal;
    private final InstantSource clock;
    private long told;
    private boolean open;

    TrainingLine(PrintStream out, boolean terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    static TrainingLine onStandardError() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new TrainingLine(System.err, terminal, InstantSource.system());
    }

    @Override
    public void step(TrainingProgress progress) {
        boolean last = progress.step() == progress.steps();
        if (terminal) {
            out.print("\r" + sentence(progress) + "   ");
            open = true;
        } else if (last || progress.step() == 1 || clock.millis() - told >= LINE_MILLIS) {
            out.print(sentence(progress) + "\n");
            told = clock.millis();
        }
        out.flush();
    }

    private static String sentence(TrainingProgress p) {
        return String.format(
                Locale.ROOT,
                "step %d of %d, loss %.4f, %.0f tokens/s, %s left, %d MB",
                p.step(),
                p.steps(),
                p.loss(),
                p.tokensPerSecond(),
                time(p.left()),
                p.memory() / 1_000_000);
    }

    private static String time(Duration left) {
        return left.toHours() > 0
                ? left.toHours() + " h " + left.toMinutesPart() + " m"
                : left.toMinutes() > 0
                        ? left.toMinutes() + " m " + left.toSecondsPart() + " s"
                        : left.toSeconds() + " s";
    }

    @Override
    public void close() {
        if (open) {
            out.print("\n");
            out.flush();
            open = false;
        }
    }
}
