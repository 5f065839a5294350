package dev.quipu.server;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells on standard error what a start waits for. On a terminal it is one line that is drawn over; elsewhere a line at
 * the beginning and one for each part that took long.
 */
final class StartProgress implements Assembly.Listener {
    private static final long LONG = 5_000;

    private final PrintStream out;
    private final boolean terminal;
    private final Set<String> waiting = new TreeSet<>();
    private boolean begun;

    StartProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Progress for the user of a command. */
    static StartProgress ofCommand() {
        return new StartProgress(System.err, Style.onTerminal());
    }

    @Override
    public synchronized void starting(String part) {
        waiting.add(part);
        if (terminal) {
            draw("starting " + String.join(", ", waiting) + " …");
        } else if (!begun) {
            out.println("starting; the first start loads the data and takes longer");
        }
        begun = true;
    }

    @Override
    public synchronized void started(String part, long millis) {
        waiting.remove(part);
        if (terminal) {
            draw(waiting.isEmpty() ? "" : "starting " + String.join(", ", waiting) + " …");
        } else if (millis > LONG) {
            out.printf(Locale.ROOT, "  %s after %.1f s%n", part, millis / 1000.0);
        }
    }

    private void draw(String line) {
        out.print("\r\u001b[K" + line);
        out.flush();
    }
}
