package dev.quipu.server;

/**
 * Brings a command of another module to the command line. Providers are found by {@link java.util.ServiceLoader}, so a jar on
 * the class path is enough.
 */
public interface CommandProvider {
    /** A new object whose class has picocli's {@code @Command}, which names it. */
    Object command();
}
