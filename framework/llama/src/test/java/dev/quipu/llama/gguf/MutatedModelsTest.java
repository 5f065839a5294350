package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged models that pass the check go to llama.cpp, in a process of their own that must survive them. */
class MutatedModelsTest {
    @TempDir
    Path folder;

    @Test
    void survivesDamagedModels() throws IOException {
        Outcome outcome = load("text", 0, 300);

        assertThat(outcome.deaths).isEmpty();
        assertThat(outcome.counts.get("generated")).isGreaterThan(20);
        assertThat(outcome.counts.get("refused")).isGreaterThan(20);
    }

    @Test
    void survivesDamagedModelsThatMakeVectors() throws IOException {
        Outcome outcome = load("vectors", 0, 150);

        assertThat(outcome.deaths).isEmpty();
        assertThat(outcome.counts.get("generated")).isGreaterThan(10);
        assertThat(outcome.counts.get("refused")).isGreaterThan(10);
    }

    /** {@code -Dquipu.test.mutants=100000 -Dquipu.test.first-mutant=0} sets how many and from which. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "vectors"})
    @Tag("long")
    void survivesManyDamagedModels(String kind) throws IOException {
        long first = Long.getLong("quipu.test.first-mutant", 1_000_000);

        Outcome outcome = load(kind, first, Long.getLong("quipu.test.mutants", 20_000));

        assertThat(outcome.deaths).isEmpty();
        System.getLogger(MutatedModelsTest.class.getName()).log(System.Logger.Level.INFO, outcome.toString());
    }

    private record Outcome(Map<String, Integer> counts, List<String> deaths) {}

    private Outcome load(String kind, long first, long count) throws IOException {
        Outcome outcome = new Outcome(new HashMap<>(), new ArrayList<>());
        long next = first;
        while (next < first + count) {
            next = child(kind, next, first + count, outcome);
        }
        return outcome;
    }

    /** Runs a process to its end or its death, and returns the number of the mutant to go on with. */
    private long child(String kind, long first, long end, Outcome outcome) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadMutants.class.getName(),
                        folder.toString(),
                        Long.toString(first),
                        Long.toString(end),
                        kind)
                .redirectErrorStream(true);
        // Else a dying llama.cpp starts a debugger on itself, which takes long.
        builder.environment().put("GGML_NO_BACKTRACE", "1");
        Process process = builder.start();
        long accepted = first;
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("@end")) {
                    return end;
                }
                if (line.startsWith("@")) {
                    String[] words = line.substring(1).split(" ");
                    outcome.counts.merge(words[0], 1, Integer::sum);
                    accepted = Long.parseLong(words[1]);
                    said.setLength(0);
                } else if (said.length() < 2000) {
                    said.append(line).append('\n');
                }
            }
        } finally {
            process.destroyForcibly();
        }
        outcome.deaths.add("mutant " + accepted + ": " + said);
        return accepted + 1;
    }
}
