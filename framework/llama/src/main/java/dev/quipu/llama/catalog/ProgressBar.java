package dev.quipu.llama.catalog;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;

/**
 * A progress bar of fixed widths, so that its line does not jump: {@code pulling x  42% ▕███   ▏  41 MB/98 MB  12 MB/s  4s}.
 * Without a terminal it prints a plain line every few seconds.
 */
public final class ProgressBar implements PullListener {
    private static final int BAR = 24;
    private static final long REDRAW = 100;
    private static final long LINE = 5_000;

    private final PrintStream out;
    private final boolean terminal;
    private final Clock clock;
    private String current = "";
    private long started;
    private long startedAt;
    private long drawn;

    /** @param terminal whether a line can be drawn over */
    public ProgressBar(PrintStream out, boolean terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void progress(String what, long done, long total) {
        long now = clock.millis();
        if (!what.equals(current)) {
            if (terminal && !current.isEmpty()) {
                out.println();
            }
            current = what;
            started = now;
            startedAt = done;
            drawn = 0;
        }
        boolean end = done >= total;
        if (end || now - drawn >= (terminal ? REDRAW : LINE)) {
            drawn = now;
            out.print(terminal ? "\r" + line(done, total, now) : line(done, total, now) + "\n");
            out.flush();
        }
    }

    private String line(long done, long total, long now) {
        double share = total <= 0 ? 0 : Math.min(1, done / (double) total);
        double seconds = Math.max(0.001, (now - started) / 1000.0);
        double speed = (done - startedAt) / seconds;
        String left = speed <= 0 || share >= 1 ? "" : time((total - done) / speed);
        String bar = "█".repeat((int) (share * BAR)) + " ".repeat(BAR - (int) (share * BAR));
        return String.format(
                Locale.ROOT,
                "%-28s %3d%% ▕%s▏ %8s/%-8s %8s/s %5s",
                current,
                (int) (share * 100),
                bar,
                size(done),
                size(total),
                size((long) speed),
                left);
    }

    private static String time(double seconds) {
        if (seconds >= 360_000) {
            return "99h+";
        }
        long s = (long) seconds;
        return s >= 3600 ? s / 3600 + "h" + s % 3600 / 60 + "m" : s >= 60 ? s / 60 + "m" + s % 60 + "s" : s + "s";
    }

    static String size(long bytes) {
        if (bytes < 1_000_000) {
            return bytes / 1000 + " KB";
        }
        return bytes < 1_000_000_000 ? bytes / 1_000_000 + " MB" : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
