package dev.quipu.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk without space left: a file system in memory of half a megabyte, mounted for one child process in a namespace of
 * its own, so that nothing is left behind whatever happens to it.
 */
class FullDiskTest {
    private static final String MOUNT_THEN_RUN =
            "mount -t tmpfs -o size=512k none \"$1\" || exit; echo mounted; shift; exec \"$@\"";

    @TempDir
    Path folder;

    @Test
    void refusesTurnsWhileTheDiskIsFullAndKeepsAllOthers() throws Exception {
        List<String> lines = runOnSmallDisk();

        List<String> refused = starting(lines, FullDiskVictim.REFUSED);
        List<String> acknowledged = starting(lines, FullDiskVictim.ACKNOWLEDGED);
        assertThat(refused)
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).startsWith(RuntimeError.LOG_WRITE.id()).contains("No space left on device"));
        assertThat(lines.indexOf(FullDiskVictim.REFUSED + refused.getLast()))
                .as("the log goes on once there is space")
                .isLessThan(lines.indexOf(FullDiskVictim.ACKNOWLEDGED + acknowledged.getLast()));
        assertThat(acknowledged).hasSizeGreaterThan(20);
        assertThat(starting(lines, FullDiskVictim.STORED)).containsExactlyElementsOf(acknowledged);
    }

    private List<String> runOnSmallDisk() throws IOException, InterruptedException {
        Process victim;
        try {
            victim = new ProcessBuilder(
                            "unshare",
                            "--map-root-user",
                            "--mount",
                            "sh",
                            "-c",
                            MOUNT_THEN_RUN,
                            "sh",
                            folder.toString(),
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FullDiskVictim.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return abort("no 'unshare' here to mount a small disk with: " + e.getMessage());
        }
        List<String> lines = victim.inputReader().lines().toList();
        assertThat(victim.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assumeTrue(lines.contains("mounted"), "this user may not mount a small disk");
        assertThat(victim.exitValue()).isZero();
        return lines;
    }

    private static List<String> starting(List<String> lines, String with) {
        return lines.stream()
                .filter(line -> line.startsWith(with))
                .map(line -> line.substring(with.length()))
                .toList();
    }
}
