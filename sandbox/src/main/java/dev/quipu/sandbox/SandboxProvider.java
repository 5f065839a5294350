package dev.quipu.sandbox;

import java.util.Optional;

/**
 * Opens sandboxes of one kind. Found by {@link java.util.ServiceLoader}, so that containers, micro virtual machines or
 * remote workers can be added beside the built-in ones. A provider has to pass the contract test of this module.
 */
public interface SandboxProvider {
    /** Its name, for {@code quipu.sandbox.backend}. */
    String name();

    /** Lower is tried first. The built-in ones have 10, 20 and 30. */
    int order();

    /** Why it cannot be used on this machine; empty when it looks as if it can. */
    Optional<String> unavailable(SandboxOptions options);

    /**
     * Opens it and proves that it contains.
     *
     * @throws SandboxException with {@link SandboxError#UNAVAILABLE} if it cannot be started or a probe was not contained
     */
    PythonSandbox open(SandboxOptions options);
}
