package dev.quipu.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * What shuts the code in.
 *
 * @param backend {@code warm}, {@code bubblewrap}, {@code landlock}, or another provider's name
 * @param python the version of the interpreter, such as {@code 3.11.2}
 * @param interpreter its file
 * @param layers what holds the code, such as {@code namespaces}, {@code seccomp}, {@code rlimits}
 * @param probes the probes of the self-test, all contained
 * @param packages names of modules outside of the standard library that code may import
 */
public record SandboxInfo(
        String backend,
        String python,
        Path interpreter,
        List<String> layers,
        List<String> probes,
        List<String> packages) {
    public SandboxInfo {
        layers = List.copyOf(layers);
        probes = List.copyOf(probes);
        packages = List.copyOf(packages);
    }
}
