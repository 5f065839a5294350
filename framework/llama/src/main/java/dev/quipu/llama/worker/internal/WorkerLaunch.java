package dev.quipu.llama.worker.internal;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineOptions;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Starts an engine's process: this JVM again, with the same class path, and a socket in a folder that only its user sees. */
final class WorkerLaunch {
    private static final String ENGINE = "quipu.engine.";

    private WorkerLaunch() {}

    /** A process that has connected. */
    record Connected(Process process, Wire wire) {}

    /** @throws EngineException if the process does not come up */
    static Connected start(EngineOptions options) {
        try {
            Path folder = Files.createTempDirectory("quipu-worker");
            Path socket = folder.resolve("socket");
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(socket), 1);
                Process process = new ProcessBuilder(command(options, socket))
                        .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                // A process that dies before it connects would leave the next line waiting for ever.
                CompletableFuture<Void> watched = process.onExit().thenRun(() -> closeQuietly(server));
                Connected connected = new Connected(process, new Wire(server.accept()));
                watched.cancel(false);
                return connected;
            } finally {
                Files.deleteIfExists(socket);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new EngineException(
                    EngineError.WORKER,
                    "The engine's process does not start: " + e.getMessage()
                            + ". What it wrote to standard error says why; or set quipu.engine.isolation=none.",
                    e);
        }
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static void closeQuietly(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            // Whoever waits on it is woken all the same.
        }
    }

    private static List<String> command(EngineOptions options, Path socket) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-XX:+UseSerialGC");
        command.add("-Xmx1g");
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("quipu.") && !name.startsWith(ENGINE))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        options.settings().forEach((key, value) -> command.add("-D" + ENGINE + key + "=" + value));
        command.add("-D" + ENGINE + "isolation=none");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(WorkerMain.class.getName());
        command.add(socket.toString());
        command.add(options.model().toAbsolutePath().toString());
        return command;
    }
}
