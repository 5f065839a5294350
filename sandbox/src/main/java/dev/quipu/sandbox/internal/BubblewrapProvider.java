package dev.quipu.sandbox.internal;

import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.SandboxOptions;
import dev.quipu.sandbox.SandboxProvider;
import java.util.Optional;

/** Starts a program in bubblewrap for each job. */
public final class BubblewrapProvider implements SandboxProvider {
    private static final String NAME = "bubblewrap";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Optional<String> unavailable(SandboxOptions options) {
        return Linux.missing();
    }

    @Override
    public PythonSandbox open(SandboxOptions options) {
        return SupervisedSandbox.open(options, NAME);
    }
}
