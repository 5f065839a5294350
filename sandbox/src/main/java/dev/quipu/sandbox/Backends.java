package dev.quipu.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses a backend. */
final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(PythonSandbox.class);

    private Backends() {}

    static PythonSandbox open(SandboxOptions options) {
        List<SandboxProvider> providers = ServiceLoader.load(SandboxProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(SandboxProvider::order))
                .toList();
        List<String> reasons = new ArrayList<>();
        for (SandboxProvider provider : providers) {
            if (!options.backend().isEmpty() && !provider.name().equals(options.backend())) {
                continue;
            }
            Optional<String> reason = provider.unavailable(options);
            if (reason.isPresent()) {
                reasons.add(provider.name() + ": " + reason.get());
                continue;
            }
            try {
                PythonSandbox sandbox = provider.open(options);
                LOG.atInfo()
                        .addKeyValue("backend", provider.name())
                        .addKeyValue("python", sandbox.info().python())
                        .addKeyValue("passed_over", reasons)
                        .log("Sandbox");
                return sandbox;
            } catch (SandboxException e) {
                if (e.code() != SandboxError.UNAVAILABLE) {
                    throw e;
                }
                reasons.add(provider.name() + ": " + e.detail());
            }
        }
        if (reasons.isEmpty()) {
            throw new SandboxException(
                    SandboxError.OPTION,
                    "There is no backend '" + options.backend() + "'. Choose one of "
                            + providers.stream().map(SandboxProvider::name).toList() + ".");
        }
        throw new SandboxException(
                SandboxError.UNAVAILABLE,
                "Nothing here can shut untrusted code in, so none is run (SANDBOX_UNAVAILABLE): " + reasons + ". "
                        + remedy());
    }

    private static String remedy() {
        String system = System.getProperty("os.name", "");
        if (system.toLowerCase(Locale.ROOT).startsWith("linux")) {
            return "Install python3 (3.9 or newer), and allow user namespaces (sysctl kernel.unprivileged_userns_clone=1)"
                    + " or use a kernel with Landlock.";
        }
        return "The built-in backends need Linux; on " + system
                + " put a SandboxProvider on the class path that runs jobs in a container or on a remote worker.";
    }
}
