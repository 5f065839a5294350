package dev.quipu.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One side of the training benchmark, in a process that leaves its figures in a file. */
record TrainingSide(Path model, Path rows, Path folder, int steps, int batch, int threads, boolean recompute) {
    /** The adapter after one step, whose A matrices are still the first ones: B is zero, so they have no gradient. */
    private Path first() {
        return folder.resolve("first.gguf");
    }

    JsonNode ours() throws IOException {
        run("first", ours(first(), folder.resolve("first.json"), 1));
        return run("ours", ours(folder.resolve("adapter.gguf"), folder.resolve("ours.json"), steps));
    }

    private List<String> ours(Path adapter, Path figures, int count) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx512m"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("quipu."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                TrainingProcess.class.getName(),
                model.toString(),
                rows.toString(),
                adapter.toString(),
                figures.toString(),
                String.valueOf(count),
                String.valueOf(batch),
                String.valueOf(threads),
                String.valueOf(recompute)));
        return command;
    }

    JsonNode peer(Path python, Path script) throws IOException {
        return run(
                "peer",
                List.of(
                        python.toString(),
                        script.toString(),
                        "--model",
                        model.toString(),
                        "--rows",
                        rows.toString(),
                        "--init",
                        first().toString(),
                        "--out",
                        folder.resolve("peer.json").toString(),
                        "--steps",
                        String.valueOf(steps),
                        "--batch",
                        String.valueOf(batch),
                        "--threads",
                        String.valueOf(threads)));
    }

    /** Runs it to its end; what it says is shown only when it fails. */
    private JsonNode run(String name, List<String> command) throws IOException {
        Path log = folder.resolve(name + ".log");
        try {
            int code = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                String said = java.nio.file.Files.readString(log);
                throw new BenchException(
                        BenchError.PEER,
                        "A side of the benchmark failed: " + String.join(" ", command) + ": "
                                + said.substring(Math.max(0, said.length() - 2000)));
            }
        } catch (InterruptedException e) {
            throw BenchException.interrupted(e);
        }
        return new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
    }
}
