package dev.quipu.server.doctor;

import dev.quipu.llama.Device;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at processor, memory, disk and graphics cards. */
final class Hardware {
    private static final long GB = 1_000_000_000;
    private static final List<String> LIBRARIES = List.of(
            "usr/lib/x86_64-linux-gnu",
            "usr/lib/aarch64-linux-gnu",
            "usr/lib64",
            "usr/lib",
            "usr/lib/wsl/lib",
            "usr/local/cuda/lib64");

    private final Machine machine;

    Hardware(Machine machine) {
        this.machine = machine;
    }

    static Finding processor(Processor processor, int processors) {
        String found = processor.name() + ", " + processors + " processors on " + processor.cores() + " cores "
                + processor.features();
        return processor.vectors()
                ? Finding.ok("cpu", found)
                : Finding.warn(
                        "cpu", found, "Without AVX2 answers of a model take several times as long; use a small one.");
    }

    /** Bytes that a process may still take: of the machine, or of the control group it runs in. */
    long memory() {
        long free = machine.read("proc/meminfo").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseGet(Hardware::memoryOfTheJvm);
        long limit = machine.number("sys/fs/cgroup/memory.max").orElse(Long.MAX_VALUE);
        long used = machine.number("sys/fs/cgroup/memory.current").orElse(0L);
        return Math.min(free, Math.max(0, limit - used));
    }

    private static long memoryOfTheJvm() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getFreeMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    static Finding memory(long free) {
        String found = "%.1f GB free".formatted(free / (double) GB);
        if (free < GB) {
            return Finding.fail("memory", found, "The graph and a small model need 1 GB. End other programs.");
        }
        return free < 3 * GB
                ? Finding.warn("memory", found, "3 GB leave room for larger models. End other programs.")
                : Finding.ok("memory", found);
    }

    static Finding disk(Path cache) {
        Path existing = cache.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String found = "%.1f GB free for %s".formatted(free / (double) GB, cache);
            if (!Files.isWritable(existing)) {
                return Finding.fail("disk", existing + " cannot be written", "Set QUIPU_CACHE to a folder of yours.");
            }
            if (free < GB) {
                return Finding.fail("disk", found, "1 GB is needed. Free some or set QUIPU_CACHE to another disk.");
            }
            return free < 4 * GB
                    ? Finding.warn("disk", found, "Larger models need 4 GB. Set QUIPU_CACHE to another disk.")
                    : Finding.ok("disk", found);
        } catch (IOException e) {
            return Finding.fail("disk", cache + ": " + e.getMessage(), "Set QUIPU_CACHE to a folder of yours.");
        }
    }

    /** @param devices what the engine can compute on */
    Finding gpu(List<Device> devices) {
        boolean nvidia = !machine.list("dev", "nvidia[0-9]*").isEmpty();
        boolean render = !machine.list("dev/dri", "renderD*").isEmpty();
        boolean cuda = library("libcuda.so*");
        boolean vulkan = library("libvulkan.so*");
        String found = (nvidia ? "NVIDIA device" : render ? "render device" : "no device") + ", "
                + (cuda ? "CUDA driver" : "no CUDA driver") + ", " + (vulkan ? "Vulkan" : "no Vulkan");
        String used = devices.stream()
                .filter(device -> device.kind().gpu())
                .map(Device::name)
                .collect(Collectors.joining(", "));
        if (!used.isEmpty()) {
            return Finding.ok("gpu", found + "; the engine uses " + used);
        }
        if (!nvidia && !render) {
            return Finding.ok("gpu", found + "; the CPU is used");
        }
        if (nvidia && !cuda) {
            return Finding.warn("gpu", found, "Install the NVIDIA driver to use the card; until then the CPU is used.");
        }
        return Finding.warn(
                "gpu",
                found + "; the engine does not use it",
                "Add the CUDA or Vulkan libraries of quipu-llama-natives to the class path; docs/gpu.md says what they"
                        + " need.");
    }

    private boolean library(String glob) {
        return LIBRARIES.stream()
                .flatMap(folder -> files(folder, glob))
                .findAny()
                .isPresent();
    }

    private Stream<Path> files(String folder, String glob) {
        return machine.list(folder, glob).stream();
    }
}
