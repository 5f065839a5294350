package dev.quipu.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** llama.cpp's own server with the flags that serve many users best: one unified cache, as many slots as users. */
final class LlamaServer implements AutoCloseable {
    private static final String PROGRAM = "llama-server";
    private static final String READY = "listening on";
    private static final int TOLD = 30;

    private final Process process;
    private final URI address;

    private LlamaServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static boolean installed(Setup setup) {
        return Files.isExecutable(setup.peer(PROGRAM));
    }

    /** Starts it and waits until it has loaded its model. */
    static LlamaServer start(Setup setup, int slots, int context) {
        int port = freePort();
        List<String> command = List.of(
                setup.peer(PROGRAM).toString(),
                "-m",
                setup.model().toString(),
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "-t",
                String.valueOf(setup.threads()),
                "-ngl",
                String.valueOf(setup.gpuLayers()),
                "-np",
                String.valueOf(slots),
                "-kvu",
                "-c",
                String.valueOf(context));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(setup.peers().toFile())
                    .redirectErrorStream(true)
                    .start();
            awaitReady(process.inputReader(StandardCharsets.UTF_8), command);
            Thread.startVirtualThread(() -> drain(process));
            return new LlamaServer(process, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new BenchException(BenchError.PEER, "A peer failed: " + String.join(" ", command) + ": " + e, e);
        }
    }

    private static void awaitReady(BufferedReader log, List<String> command) throws IOException {
        List<String> told = new ArrayList<>();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains(READY)) {
                return;
            }
            told.add(line);
        }
        throw new BenchException(
                BenchError.PEER,
                "A peer ended: " + String.join(" ", command) + ". It said: "
                        + told.subList(Math.max(0, told.size() - TOLD), told.size()));
    }

    /** A log that nobody reads would stop it. */
    private static void drain(Process process) {
        try {
            process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It ended.
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Target target() {
        return new LlamaServerTarget(address);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw BenchException.interrupted(e);
        }
    }
}
