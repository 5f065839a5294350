package dev.quipu.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.internal.TinyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that are killed without warning, or run out of disk, and go on as if nothing had been. */
class KilledTrainingTest {
    private static final int STEPS = 400;

    @TempDir
    Path folder;

    private Path model = Path.of("");
    private byte[] uninterrupted = {};

    @BeforeEach
    void trainOnce() throws IOException {
        model = TinyModel.write(folder, "llama", TensorType.Q8_0);
        Path whole = folder.resolve("whole.gguf");
        new LoraTraining(TrainingChild.options(model, whole, STEPS, 0), Lessons.of(24, 12)).run(TrainingListener.NONE);
        uninterrupted = Files.readAllBytes(whole);
    }

    private Process start(Path output, String limit) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", limit + "exec \"$@\"", "train"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingChild.class.getName(),
                model.toString(),
                output.toString(),
                String.valueOf(STEPS),
                "2"));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Kills it when so many lines came and so long has passed; returns whether it had finished. */
    private boolean killed(Path output, int lines, long micros) throws IOException, InterruptedException {
        Process process = start(output, "");
        List<String> said = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < lines; i++) {
                String line = out.readLine();
                if (line == null || line.equals("done")) {
                    assertThat(process.waitFor()).as("%s", said).isZero();
                    return false;
                }
                said.add(line);
            }
            process.waitFor(micros, java.util.concurrent.TimeUnit.MICROSECONDS);
            process.destroyForcibly().waitFor();
        }
        return true;
    }

    private void killAndResume(int times, long seed) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Path output = folder.resolve("killed.gguf");
        int kills = 0;
        while (kills < times) {
            if (killed(output, 1 + random.nextInt(STEPS / 10), random.nextLong(20_000))) {
                kills++;
            } else {
                assertThat(Files.readAllBytes(output)).isEqualTo(uninterrupted);
                Files.delete(output);
            }
        }
        assertThat(start(output, "").waitFor()).isZero();
        assertThat(Files.readAllBytes(output)).isEqualTo(uninterrupted);
        assertThat(folder.resolve("killed.gguf.checkpoint")).doesNotExist();
    }

    @Test
    void aTrainingThatIsKilledAtRandomMomentsEndsWithTheSameAdapterToTheBit() throws Exception {
        killAndResume(4, 1);
    }

    @Test
    @Tag("long")
    void aHundredKillsChangeNothing() throws Exception {
        killAndResume(100, 2);
    }

    @Test
    void aFullDiskLosesNoCheckpointAndTheTrainingGoesOnLater() throws Exception {
        Path output = folder.resolve("full.gguf");
        Path checkpoint = folder.resolve("full.gguf.checkpoint");
        assertThat(killed(output, 20, 0)).isTrue();
        byte[] before = Files.readAllBytes(checkpoint);

        Process starved = start(output, "ulimit -f 16; ");
        String said = new String(starved.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(starved.waitFor()).isEqualTo(1);
        assertThat(said).contains("QP-TRAIN-006");
        assertThat(Files.readAllBytes(checkpoint)).isEqualTo(before);
        assertThat(start(output, "").waitFor()).isZero();
        assertThat(Files.readAllBytes(output)).isEqualTo(uninterrupted);
    }
}
