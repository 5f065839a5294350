package dev.quipu.sandbox.internal;

import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.SandboxOptions;
import dev.quipu.sandbox.SandboxProvider;
import java.util.Optional;

/** Shuts jobs in by Landlock, where namespaces are forbidden. */
public final class LandlockProvider implements SandboxProvider {
    private static final String NAME = "landlock";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return 30;
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
