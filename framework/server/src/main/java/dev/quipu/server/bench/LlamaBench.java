package dev.quipu.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** llama.cpp's own benchmark of one user. */
record LlamaBench(Setup setup) {
    private static final String PROGRAM = "llama-bench";

    static boolean installed(Setup setup) {
        return Files.isExecutable(setup.peer(PROGRAM));
    }

    /**
     * What one run came to, in tokens a second.
     *
     * @param prefill reading a prompt
     * @param decode generating
     */
    record Speeds(double prefill, double decode) {}

    Speeds run(int prompt, int output) {
        List<String> command = List.of(
                setup.peer(PROGRAM).toString(),
                "-m",
                setup.model().toString(),
                "-t",
                String.valueOf(setup.threads()),
                "-ngl",
                String.valueOf(setup.gpuLayers()),
                "-r",
                "1",
                "-o",
                "json",
                "-p",
                String.valueOf(prompt),
                "-n",
                String.valueOf(output));
        try {
            // It looks for its backends beside itself and where it runs.
            Process process = new ProcessBuilder(command)
                    .directory(setup.peers().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] told = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new BenchException(BenchError.PEER, "A peer failed: " + String.join(" ", command) + ".");
            }
            JsonNode tests = new ObjectMapper().readTree(told);
            return new Speeds(
                    tests.path(0).path("avg_ts").asDouble(),
                    tests.path(1).path("avg_ts").asDouble());
        } catch (IOException e) {
            throw new BenchException(BenchError.PEER, "A peer failed: " + String.join(" ", command) + ": " + e, e);
        } catch (InterruptedException e) {
            throw BenchException.interrupted(e);
        }
    }
}
