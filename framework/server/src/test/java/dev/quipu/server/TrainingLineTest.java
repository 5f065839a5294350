package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.training.TrainingProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What a training shows of itself. */
class TrainingLineTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private long now = 1_000_000;
    private final InstantSource clock = () -> Instant.ofEpochMilli(now);

    private TrainingLine line(boolean terminal) {
        return new TrainingLine(new PrintStream(shown, true, StandardCharsets.UTF_8), terminal, clock);
    }

    private static TrainingProgress step(int step) {
        return new TrainingProgress(step, 9, 1.25, 1e-4, 0.5, 98.4, Duration.ofSeconds(200), 312_000_000);
    }

    @Test
    void isALineEveryFewSecondsInALog() {
        TrainingLine line = line(false);

        for (int i = 1; i <= 9; i++) {
            line.step(step(i));
            now += 2_000;
        }

        assertThat(shown.toString(StandardCharsets.UTF_8).lines().map(l -> l.substring(0, 6)))
                .containsExactly("step 1", "step 4", "step 7", "step 9");
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .startsWith("step 1 of 9, loss 1.2500, 98 tokens/s, 3 m 20 s left, 312 MB\n");
    }

    @Test
    void isOneLineOnATerminal() {
        try (TrainingLine line = line(true)) {
            line.step(step(1));
            line.step(step(2));
        }

        assertThat(shown.toString(StandardCharsets.UTF_8)
                        .chars()
                        .filter(c -> c == '\n')
                        .count())
                .isEqualTo(1);
    }
}
