package dev.quipu.llama.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final HandClock clock = new HandClock();

    @Test
    void printsALineEveryFewSecondsWithoutATerminal() {
        try (ProgressBar bar = bar(false, Map.of())) {
            bar.progress("pulling smollm2-135m", 0, 98_362_432);
            for (int second = 1; second <= 12; second++) {
                clock.millis += 1000;
                bar.progress("pulling smollm2-135m", second * 8_000_000L, 98_362_432);
            }
            clock.millis += 296;
            bar.progress("pulling smollm2-135m", 98_362_432, 98_362_432);
            bar.progress("pulling smollm2-135m", 98_362_432, 98_362_432);
            bar.progress("verifying smollm2-135m", 98_362_432, 98_362_432);
        }

        assertThat(text()).isEqualTo("""
                pulling smollm2-135m 0% 0 KB of 98 MB
                pulling smollm2-135m 40% 40 MB of 98 MB, 8 MB/s, 7 s left
                pulling smollm2-135m 81% 80 MB of 98 MB, 8 MB/s, 2 s left
                pulling smollm2-135m 100% 98 MB of 98 MB, 7 MB/s
                verifying smollm2-135m 100% 98 MB of 98 MB
                """);
    }

    @Test
    void drawsOverOneLineOnATerminal() {
        try (ProgressBar bar = bar(true, Map.of("TERM", "xterm", "NO_COLOR", "1"))) {
            bar.progress("pulling tiny", 0, 1_000_000_000);
            clock.millis += 50;
            bar.progress("pulling tiny", 1_000_000, 1_000_000_000);
            clock.millis += 950;
            bar.progress("pulling tiny", 250_000_000, 1_000_000_000);
            clock.millis += 3000;
            bar.progress("pulling tiny", 1_000_000_000, 1_000_000_000);
        }

        String[] drawn = text().split("\r", -1);
        assertThat(drawn)
                .extracting(String::stripTrailing)
                .containsExactly(
                        "",
                        "pulling tiny                   0% ▕                        ▏    0 KB of 1.0 GB",
                        "pulling tiny                  25% ▕██████                  ▏  250 MB of 1.0 GB   250 MB/s     3 s",
                        "pulling tiny                 100% ▕████████████████████████▏  1.0 GB of 1.0 GB   250 MB/s");
        assertThat(drawn[1]).hasSameSizeAs(drawn[2]);
        assertThat(drawn[3]).endsWith("\n");
    }

    @Test
    void endsItsLineWhenAPullFails() {
        ProgressBar bar = bar(true, Map.of());
        bar.progress("pulling tiny", 10, 100);

        bar.close();
        bar.close();

        assertThat(text()).endsWith("\n").doesNotEndWith("\n\n");
    }

    @ParameterizedTest
    @CsvSource({"true,xterm,true", "true,dumb,false", "false,xterm,false"})
    void drawsOnlyWhereALineCanBeDrawnOver(boolean terminal, String term, boolean draws) {
        try (ProgressBar bar = bar(terminal, Map.of("TERM", term))) {
            bar.progress("pulling tiny", 10, 100);
        }

        assertThat(text().startsWith("\r")).isEqualTo(draws);
    }

    @Test
    void usesNoColour() {
        try (ProgressBar bar = bar(true, Map.of())) {
            bar.progress("pulling tiny", 10, 100);
        }

        assertThat(text()).doesNotContain("\u001b");
    }

    private ProgressBar bar(boolean terminal, Map<String, String> environment) {
        return ProgressBar.on(new PrintStream(printed, true, StandardCharsets.UTF_8), terminal, environment, clock);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** A clock that is moved by hand. */
    private static final class HandClock extends Clock {
        private long millis;

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
