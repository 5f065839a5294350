package dev.quipu.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a sandbox is opened.
 *
 * <p>{@link #builder} starts from the settings of the process; what is set on the builder wins. A setting is a system
 * property or, in its absence, an environment variable, and a {@code quipu.sandbox.} key that does not exist is an error.
 *
 * <table>
 *   <caption>Settings</caption>
 *   <tr><th>System property</th><th>Environment variable</th><th>Default</th></tr>
 *   <tr><td>{@code quipu.sandbox.backend}</td><td>{@code QUIPU_SANDBOX_BACKEND}</td><td>the first that works</td></tr>
 *   <tr><td>{@code quipu.sandbox.python}</td><td>{@code QUIPU_SANDBOX_PYTHON}</td><td>python3 of the system</td></tr>
 *   <tr><td>{@code quipu.sandbox.parallel}</td><td>{@code QUIPU_SANDBOX_PARALLEL}</td><td>0</td></tr>
 *   <tr><td>{@code quipu.sandbox.queue-limit}</td><td>{@code QUIPU_SANDBOX_QUEUE_LIMIT}</td><td>256</td></tr>
 *   <tr><td>{@code quipu.sandbox.spare}</td><td>{@code QUIPU_SANDBOX_SPARE}</td><td>0</td></tr>
 *   <tr><td>{@code quipu.sandbox.packages}</td><td>{@code QUIPU_SANDBOX_PACKAGES}</td><td>none</td></tr>
 * </table>
 *
 * @param backend its name; empty for the first that works
 * @param python the interpreter; empty for the system's python3
 * @param parallel jobs that run side by side; 0 for the processors at hand
 * @param queueLimit jobs that may wait
 * @param spare jails that are kept ready; 0 for two for each job that may run
 * @param packages a virtual environment whose packages code may import, read-only
 */
public record SandboxOptions(
        String backend, Optional<Path> python, int parallel, int queueLimit, int spare, Optional<Path> packages) {
    public SandboxOptions {
        check("parallel", parallel, 0, 256);
        check("queue-limit", queueLimit, 1, 100_000);
        check("spare", spare, 0, 1024);
    }

    private static void check(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new SandboxException(
                    SandboxError.OPTION,
                    "quipu.sandbox." + name + " is " + value + ", but has to be from " + low + " to " + high + ".");
        }
    }

    /**
     * Options as the settings of this process say.
     *
     * @throws SandboxException if a setting does not exist or is no number
     */
    public static Builder builder() {
        return new Builder(SandboxSettings.ofProcess());
    }

    static Builder builder(SandboxSettings settings) {
        return new Builder(settings);
    }

    /** Options with their defaults. */
    public static final class Builder {
        private String backend;
        private Optional<Path> python;
        private int parallel;
        private int queueLimit;
        private int spare;
        private Optional<Path> packages;

        private Builder(SandboxSettings settings) {
            backend = settings.text("backend").orElse("");
            python = settings.text("python").map(Path::of);
            parallel = settings.number("parallel", 0);
            queueLimit = settings.number("queue-limit", 256);
            spare = settings.number("spare", 0);
            packages = settings.text("packages").map(Path::of);
        }

        public Builder backend(String value) {
            backend = value;
            return this;
        }

        public Builder python(Path value) {
            python = Optional.of(value);
            return this;
        }

        public Builder parallel(int value) {
            parallel = value;
            return this;
        }

        public Builder queueLimit(int value) {
            queueLimit = value;
            return this;
        }

        public Builder spare(int value) {
            spare = value;
            return this;
        }

        public Builder packages(Path value) {
            packages = Optional.of(value);
            return this;
        }

        public SandboxOptions build() {
            return new SandboxOptions(backend, python, parallel, queueLimit, spare, packages);
        }
    }
}
