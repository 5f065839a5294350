package dev.quipu.server.doctor;

import dev.quipu.kg.EmbeddedGraph;
import dev.quipu.llama.EngineProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at what is installed: Java, engine, graph, Python, isolation, and the server's port. */
final class Software {
    private static final int JAVA = 25;
    private static final Pattern CPU_VARIANT = Pattern.compile("libggml-cpu-?([a-z0-9_.-]*)\\.so");
    private static final Pattern PYTHON_VERSION = Pattern.compile("python(3\\.\\d+)");

    private final Machine machine;

    Software(Machine machine) {
        this.machine = machine;
    }

    static Finding java() {
        Runtime.Version version = Runtime.version();
        return version.feature() >= JAVA
                ? Finding.ok("java", version + ", " + System.getProperty("java.vendor"))
                : Finding.fail("java", version.toString(), "Install JDK " + JAVA + " or newer.");
    }

    static Finding engine() {
        List<String> usable = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(EngineProvider::order))
                .forEach(provider -> provider.unavailable()
                        .ifPresentOrElse(
                                reason -> reasons.add(provider.name() + ": " + reason),
                                () -> usable.add(provider.name())));
        if (usable.isEmpty()) {
            return Finding.fail(
                    "engine", "no provider works " + reasons, "Add quipu-llama-natives or quipu-llama-jni.");
        }
        String found = "providers " + usable + (reasons.isEmpty() ? "" : ", not " + reasons);
        return usable.contains("native")
                ? Finding.ok("engine", found)
                : Finding.warn("engine", found, "Add quipu-llama-natives: it answers several users at once.");
    }

    /** The build of the CPU code that this process has loaded; llama.cpp picks one by what the processor can do. */
    Optional<String> cpuVariant() {
        Matcher loaded = CPU_VARIANT.matcher(machine.read("proc/self/maps").orElse(""));
        return loaded.find() ? Optional.of(loaded.group(1)) : Optional.empty();
    }

    static Finding graph() {
        return ServiceLoader.load(EmbeddedGraph.class).findFirst().isPresent()
                ? Finding.ok("graph", "embedded Neo4j is available")
                : Finding.warn("graph", "no embedded Neo4j", "Add quipu-kg-embedded, or name a server with --graph.");
    }

    Finding python() {
        Optional<Path> python = machine.program("python3");
        if (python.isEmpty()) {
            return Finding.warn("python", "no python3", "Install Python 3 to run and test generated code.");
        }
        Path real = real(python.get());
        Matcher version = PYTHON_VERSION.matcher(real.getFileName().toString());
        return Finding.ok("python", (version.find() ? version.group(1) + ", " : "") + real);
    }

    private static Path real(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException e) {
            return program;
        }
    }

    /** By what untrusted code can be shut in. */
    Finding isolation() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            return Finding.warn("isolation", "not on this system", "Untrusted code runs on Linux only.");
        }
        boolean namespaces = machine.number("proc/sys/user/max_user_namespaces").orElse(0L) > 0
                && machine.number("proc/sys/kernel/unprivileged_userns_clone").orElse(1L) == 1
                && machine.number("proc/sys/kernel/apparmor_restrict_unprivileged_userns")
                                .orElse(0L)
                        == 0;
        boolean bubblewrap = machine.program("bwrap").isPresent();
        Optional<String> modules = machine.read("sys/kernel/security/lsm");
        String landlock = modules.map(m -> m.contains("landlock") ? "Landlock" : "no Landlock")
                .orElse("Landlock unknown");
        String found = (namespaces ? "user namespaces" : "no user namespaces") + ", "
                + (bubblewrap ? "bubblewrap" : "no bubblewrap") + ", " + landlock;
        boolean usable = namespaces || landlock.equals("Landlock");
        return usable
                ? Finding.ok("isolation", found)
                : Finding.warn(
                        "isolation",
                        found,
                        "Code cannot be shut in, so none is run. Allow user namespaces (sysctl"
                                + " kernel.unprivileged_userns_clone=1) or a kernel with Landlock.");
    }

    static Finding port(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.ok("port", port + " is free");
        } catch (IOException e) {
            return Finding.warn("port", port + " is in use", "Start the server with another --port.");
        }
    }
}
