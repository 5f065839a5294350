package dev.quipu.llama.quantize;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.DoubleConsumer;

/**
 * The JVM that quantizes. It runs this JVM's class path, says a line for each tensor, and ends when its standard input
 * does: that is how it learns of this JVM's death.
 */
final class QuantizeProcess {
    /** A class that no other module may name, but this process may be started on. */
    private static final String MAIN = "dev.quipu.llama.ffm.internal.QuantizeMain";

    private static final int LAST_WORDS = 2_000;

    private final Process process;

    private QuantizeProcess(Process process) {
        this.process = process;
    }

    static QuantizeProcess start(QuantizeRequest request, GgufFile model, Path temporary) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8"));
        Properties settings = System.getProperties();
        settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith("quipu.llama."))
                .forEach(name -> command.add("-D" + name + "=" + settings.getProperty(name)));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                request.input().toString(),
                temporary.toString(),
                Integer.toString(request.type().fileType()),
                Integer.toString(
                        request.threads() == 0 ? Runtime.getRuntime().availableProcessors() : request.threads()),
                Boolean.toString(request.requantize() || request.type() == Quantization.BATCHED)));
        model.tensors().stream()
                .filter(t -> t.dimensions().size() > 1 && request.type().keeps(t.type()))
                .forEach(t -> command.add(t.name() + "=" + t.type().id()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Else a dying llama.cpp starts a debugger on itself, which takes long.
        builder.environment().put("GGML_NO_BACKTRACE", "1");
        return new QuantizeProcess(builder.start());
    }

    /**
     * Follows it to its end.
     *
     * @return why it failed, empty when it did not
     */
    String follow(GgufFile model, DoubleConsumer progress) throws IOException {
        Map<String, Long> weights = new HashMap<>();
        model.tensors().forEach(t -> weights.put(t.name(), t.elements()));
        long all = Math.max(
                1, model.tensors().stream().mapToLong(GgufTensor::elements).sum());
        long done = 0;
        long current = 0;
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("@tensor ")) {
                    // It tells of a tensor when it begins with it.
                    done += current;
                    current = weights.getOrDefault(line.substring("@tensor ".length()), 0L);
                    progress.accept((double) done / all);
                } else {
                    said.append(line).append('\n');
                    said.delete(0, Math.max(0, said.length() - LAST_WORDS));
                }
            }
        }
        int code = process.onExit().join().exitValue();
        if (code == 0) {
            progress.accept(1);
        }
        return code == 0 ? "" : "the process ended with " + code + ". " + said;
    }

    /** Does what this JVM's death would do. */
    void leave() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
    }

    void kill() {
        process.destroyForcibly();
    }
}
