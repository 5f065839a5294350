package dev.quipu.server.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process and those below it hold; Linux only.
 *
 * @param processes below this one
 * @param handles open files of this process and of those below
 * @param heap bytes in use after a collection
 * @param resident bytes of the processes below, which count what they share once each
 */
record Footprint(long processes, long handles, long heap, long resident) {
    private static final Path PROC = Path.of("/proc");

    static Footprint now() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        List<Long> below = ProcessHandle.current()
                .descendants()
                .map(ProcessHandle::pid)
                .filter(pid -> Files.exists(PROC.resolve(pid + "/fd")))
                .toList();
        long handles = handles(ProcessHandle.current().pid())
                + below.stream().mapToLong(Footprint::handles).sum();
        long resident = below.stream().mapToLong(Footprint::resident).sum();
        return new Footprint(below.size(), handles, memory.getHeapMemoryUsage().getUsed(), resident);
    }

    /** None where the process has ended or is not ours to look at. */
    private static long handles(long pid) {
        try (Stream<Path> open = Files.list(PROC.resolve(pid + "/fd"))) {
            return open.count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long resident(long pid) {
        try {
            return Files.readAllLines(PROC.resolve(pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
