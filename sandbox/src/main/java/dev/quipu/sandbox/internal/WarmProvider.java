package dev.quipu.sandbox.internal;

import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.SandboxOptions;
import dev.quipu.sandbox.SandboxProvider;
import java.util.Optional;

/** Forks each job from a warm interpreter that lives in namespaces. */
public final class WarmProvider implements SandboxProvider {
    private static final String NAME = "warm";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return 10;
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
