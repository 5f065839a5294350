package dev.quipu.sandbox.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether the built-in backends know this kind of machine. */
final class Linux {
    private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64", "aarch64");

    private Linux() {}

    static Optional<String> missing() {
        return missing(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Optional<String> missing(String system, String processor) {
        if (!system.toLowerCase(Locale.ROOT).startsWith("linux")) {
            return Optional.of("needs Linux, and this is " + system);
        }
        return PROCESSORS.contains(processor)
                ? Optional.empty()
                : Optional.of("has no filter of system calls for " + processor);
    }
}
