package dev.quipu.server;

import java.io.Console;
import java.util.Optional;

/** Colour on terminals that want it: none with {@code NO_COLOR}, on dumb terminals, or when output goes elsewhere. */
final class Style {
    private final boolean on;

    private Style(boolean on) {
        this.on = on;
    }

    static Style ofTerminal() {
        return new Style(onTerminal() && System.getenv("NO_COLOR") == null);
    }

    /** No colour anywhere. */
    static Style plain() {
        return new Style(false);
    }

    /** Whether a person looks at the output, on a terminal that can draw over a line. */
    static boolean onTerminal() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return terminal && !"dumb".equals(System.getenv("TERM"));
    }

    String bold(String text) {
        return on ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    String dim(String text) {
        return on ? "\u001b[2m" + text + "\u001b[0m" : text;
    }
}
