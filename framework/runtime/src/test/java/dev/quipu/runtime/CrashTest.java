package dev.quipu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process again and again while it answers, as an operator's {@code kill -9} or a crash of the JVM does. */
class CrashTest {
    @TempDir
    Path folder;

    private final Map<String, List<String>> acknowledged = new TreeMap<>();

    @Test
    void keepsEveryAcknowledgedTurnOnceAndInOrder() throws Exception {
        killRepeatedly(4, 11);
    }

    @Test
    @Tag("long")
    void keepsEveryAcknowledgedTurnOverManyCrashes() throws Exception {
        killRepeatedly(200, 12);
    }

    private void killRepeatedly(int rounds, long seed) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < rounds; round++) {
            int before = total();

            killAfter(1 + random.nextInt(500), round);

            assertThat(total()).isGreaterThan(before);
            assertStored(round + 1);
        }
    }

    private void killAfter(int acknowledgements, int round) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashVictim.class.getName(),
                        folder.toString(),
                        String.valueOf(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
            int read = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(CrashVictim.END)) {
                    acknowledged
                            .computeIfAbsent(line.substring(0, 2), name -> new ArrayList<>())
                            .add(line.substring(3, line.length() - CrashVictim.END.length()));
                    read++;
                }
                if (read == acknowledgements) {
                    victim.toHandle().destroyForcibly();
                }
            }
        } finally {
            victim.toHandle().destroyForcibly();
        }
        assertThat(victim.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private void assertStored(int rounds) {
        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            assertThat(log.recovery().damaged()).isEmpty();
            acknowledged.forEach((conversation, questions) -> {
                List<Turn> stored =
                        log.read(conversation).stream().map(LoggedTurn::turn).toList();
                assertThat(stored)
                        .extracting(Turn::sequence)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, stored.size()).boxed().toList());
                assertThat(stored)
                        .extracting(Turn::question)
                        .doesNotHaveDuplicates()
                        .containsSubsequence(questions);
                assertThat(stored.size() - questions.size())
                        .as("one turn a crash may be stored and not acknowledged")
                        .isBetween(0, rounds);
            });
        }
    }

    private int total() {
        return acknowledged.values().stream().mapToInt(List::size).sum();
    }
}
