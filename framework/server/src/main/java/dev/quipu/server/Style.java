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
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return new Style(terminal && wanted);
    }

    String bold(String text) {
        return on ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    String dim(String text) {
        return on ? "\u001b[2m" + text + "\u001b[0m" : text;
    }
}
