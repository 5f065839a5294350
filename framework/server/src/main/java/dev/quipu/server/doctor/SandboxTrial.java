package dev.quipu.server.doctor;

import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.SandboxException;
import dev.quipu.sandbox.SandboxInfo;
import dev.quipu.sandbox.SandboxOptions;

/** Opens a sandbox, which tries to break out of it. */
public final class SandboxTrial {
    private SandboxTrial() {}

    public static Finding finding() {
        try (PythonSandbox sandbox =
                PythonSandbox.open(SandboxOptions.builder().parallel(1).build())) {
            SandboxInfo info = sandbox.info();
            return Finding.ok(
                    "sandbox",
                    info.backend() + ", Python " + info.python() + " (" + info.interpreter() + "), "
                            + info.probes().size() + " ways to break out tried: contained");
        } catch (SandboxException e) {
            return Finding.warn("sandbox", "none: " + e.detail(), "Until one opens, no code is run.");
        }
    }
}
