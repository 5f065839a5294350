package dev.quipu.llama.catalog;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/**
 * Shows how a pull goes. On a terminal it draws a bar over and over on one line, with fixed widths so that it does not
 * jump. Elsewhere it prints a plain line every few seconds, for a log. It uses no colours. Closing it ends an open line.
 */
public final class ProgressBar implements PullListener, AutoCloseable {
    private static final int BAR = 24;
    private static final long REDRAW_MILLIS = 100;
    private static final long LINE_MILLIS = 5_000;
    /** Before that, a speed says nothing. */
    private static final long SPEED_MILLIS = 500;

    private final PrintStream out;
    private final boolean terminal;
    private final Clock clock;
    private String current = "";
    private long started;
    private long startedAt;
    private long drawn;
    private boolean ended;
    private boolean lineOpen;

    private ProgressBar(PrintStream out, boolean terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * @param terminal whether what is printed goes to a terminal
     * @param environment of the process: a terminal whose {@code TERM} is {@code dumb} cannot draw over a line
     */
    public static ProgressBar on(PrintStream out, boolean terminal, Map<String, String> environment, Clock clock) {
        return new ProgressBar(out, terminal && !"dumb".equals(environment.get("TERM")), clock);
    }

    @Override
    public void progress(String what, long done, long total) {
        long now = clock.millis();
        boolean first = !what.equals(current);
        if (first) {
            close();
            current = what;
            started = now;
            startedAt = done;
            ended = false;
        }
        boolean end = done >= total;
        if (ended || !(first || end || now - drawn >= (terminal ? REDRAW_MILLIS : LINE_MILLIS))) {
            return;
        }
        drawn = now;
        ended = end;
        Measure measure = new Measure(done, total, done - startedAt, now - started);
        if (terminal) {
            out.print("\r" + measure.bar(what));
            lineOpen = true;
        } else {
            out.print(measure.sentence(what) + "\n");
        }
        if (end) {
            close();
        }
        out.flush();
    }

    @Override
    public void close() {
        if (lineOpen) {
            out.print("\n");
            out.flush();
            lineOpen = false;
        }
    }

    static String size(long bytes) {
        if (bytes < 1_000_000) {
            return bytes / 1000 + " KB";
        }
        return bytes < 1_000_000_000 ? bytes / 1_000_000 + " MB" : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    /** How far a pull is: bytes of the whole, and those that came in so many milliseconds. */
    private record Measure(long done, long total, long came, long millis) {
        int percent() {
            return total <= 0 ? 100 : (int) (Math.min(done, total) * 100 / total);
        }

        /** Bytes a second, 0 while it cannot be told. */
        long speed() {
            return millis < SPEED_MILLIS ? 0 : came * 1000 / millis;
        }

        String bar(String what) {
            int filled = percent() * BAR / 100;
            return String.format(
                    Locale.ROOT,
                    "%-28s %3d%% ▕%s▏ %7s of %-7s %9s %7s",
                    what,
                    percent(),
                    "█".repeat(filled) + " ".repeat(BAR - filled),
                    size(done),
                    size(total),
                    speed() == 0 ? "" : size(speed()) + "/s",
                    speed() == 0 || done >= total ? "" : time((total - done) / speed()));
        }

        String sentence(String what) {
            String text = what + " " + percent() + "% " + size(done) + " of " + size(total);
            if (speed() > 0) {
                text += ", " + size(speed()) + "/s";
                text += done >= total ? "" : ", " + time((total - done) / speed()) + " left";
            }
            return text;
        }

        private static String time(long seconds) {
            if (seconds >= 360_000) {
                return "> 99 h";
            }
            return seconds >= 3600
                    ? seconds / 3600 + " h " + seconds % 3600 / 60 + " m"
                    : seconds >= 60 ? seconds / 60 + " m " + seconds % 60 + " s" : seconds + " s";
        }
    }
}
