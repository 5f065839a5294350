package dev.quipu.sandbox;

import dev.quipu.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The {@code quipu.sandbox.*} settings of this process: system properties, else environment variables ({@code
 * QUIPU_SANDBOX_QUEUE_LIMIT} for {@code quipu.sandbox.queue-limit}). {@link SandboxOptions} lists them.
 */
final class SandboxSettings {
    private static final List<String> KEYS =
            List.of("backend", "python", "parallel", "queue-limit", "spare", "packages");

    private final Settings settings;

    private SandboxSettings(Settings settings) {
        this.settings = settings;
    }

    static SandboxSettings ofProcess() {
        return of(System.getProperties(), System.getenv());
    }

    /** @throws SandboxException for a key that does not exist */
    static SandboxSettings of(Properties properties, Map<String, String> environment) {
        return new SandboxSettings(Settings.of(
                "sandbox",
                KEYS,
                properties,
                environment,
                message -> new SandboxException(SandboxError.OPTION, message)));
    }

    Optional<String> text(String key) {
        return settings.text(key);
    }

    /** @throws SandboxException for what is no whole number */
    int number(String key, int otherwise) {
        return settings.number(key, otherwise);
    }
}
