package dev.quipu.server.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.training.Example;
import dev.quipu.training.Examples;
import dev.quipu.training.LoraTraining;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our side of the training benchmark: MODEL ROWS ADAPTER FIGURES STEPS BATCH THREADS RECOMPUTE. */
final class TrainingProcess {
    private static final Path STATUS = Path.of("/proc/self/status");

    private TrainingProcess() {}

    public static void main(String[] arguments) throws IOException {
        List<Example> examples = new ArrayList<>();
        for (int[] row : new ObjectMapper().readValue(Path.of(arguments[1]).toFile(), int[][].class)) {
            examples.add(Example.text(row));
        }
        int steps = Integer.parseInt(arguments[4]);
        TrainingOptions options = TrainingOptions.builder(Path.of(arguments[0]), Path.of(arguments[2]))
                .length(examples.getFirst().tokens().length - 1)
                .batch(Integer.parseInt(arguments[5]))
                .steps(steps)
                .threads(Integer.parseInt(arguments[6]))
                .recompute(Boolean.parseBoolean(arguments[7]))
                .packing(false)
                .shuffle(false)
                .checkpointSteps(0)
                .build();
        ObjectNode figures = new ObjectMapper().createObjectNode();
        ArrayNode losses = figures.putArray("losses");
        List<Long> times = new ArrayList<>();
        TrainingResult result = new LoraTraining(options, Examples.of(examples)).run(progress -> {
            losses.add(progress.loss());
            times.add(System.nanoTime());
        });
        ArrayNode seconds = figures.putArray("seconds");
        for (int i = 1; i < times.size(); i++) {
            seconds.add((times.get(i) - times.get(i - 1)) / 1e9);
        }
        figures.put("buffers", result.memory()).put("peak_bytes", peakBytes());
        new ObjectMapper().writeValue(Path.of(arguments[3]).toFile(), figures);
    }

    private static long peakBytes() throws IOException {
        return Files.isReadable(STATUS)
                ? Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .sum()
                : 0;
    }
}
