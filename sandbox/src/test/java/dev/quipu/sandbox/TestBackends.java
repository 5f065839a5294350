package dev.quipu.sandbox;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.HashMap;
import java.util.Map;

/** Which backends this machine has. */
public final class TestBackends {
    private static final Map<String, String> MISSING = new HashMap<>();

    private TestBackends() {}

    /** Leaves a test out where its backend cannot work: bubblewrap is not installed, or Landlock is not in the kernel. */
    public static synchronized void require(String backend) {
        String missing = MISSING.computeIfAbsent(backend, TestBackends::missing);
        assumeThat(missing).as("why %s does not work here", backend).isEmpty();
    }

    private static String missing(String backend) {
        try (PythonSandbox sandbox = PythonSandbox.open(
                SandboxOptions.builder().backend(backend).parallel(1).build())) {
            return sandbox.info().backend().equals(backend) ? "" : "another one was opened";
        } catch (SandboxException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
