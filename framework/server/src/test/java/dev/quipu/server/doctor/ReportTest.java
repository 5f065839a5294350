package dev.quipu.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.Device;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.catalog.ModelCatalog;
import dev.quipu.llama.catalog.ModelStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor makes of machines that are described by files. */
class ReportTest {
    private static final long GB = 1_000_000_000L;
    private static final Device CPU = new Device("CPU", "Fast 9000 ", Device.Kind.CPU, 8 * GB, 16 * GB);
    private static final Device GPU = new Device("CUDA0", "NVIDIA H100", Device.Kind.GPU, 79 * GB, 80 * GB);

    @TempDir
    private Path root;

    @Test
    void readsCoresAndInstructionsOfAProcessor() throws IOException {
        write("proc/cpuinfo", """
                processor\t: 0
                model name\t: Fast 9000
                physical id\t: 0
                core id\t\t: 0
                flags\t\t: fpu avx avx2 fma avx512f avx512_vnni

                processor\t: 1
                model name\t: Fast 9000
                physical id\t: 0
                core id\t\t: 0
                flags\t\t: fpu avx avx2 fma avx512f avx512_vnni
                """);

        Processor processor = Processor.of(machine(), 2);

        assertThat(processor.name()).isEqualTo("Fast 9000");
        assertThat(processor.cores()).isEqualTo(1);
        assertThat(processor.features()).containsExactly("AVX", "AVX-512", "AVX-512-VNNI", "AVX2", "FMA");
        assertThat(Hardware.processor(processor, 2).status()).isEqualTo(Finding.Status.OK);
    }

    @Test
    void warnsOfAProcessorWithoutVectors() throws IOException {
        write("proc/cpuinfo", "model name\t: Old\nflags\t\t: fpu sse2\n");

        Finding found = Hardware.processor(Processor.of(machine(), 1), 1);

        assertThat(found.status())
                .isEqualTo(System.getProperty("os.arch").equals("aarch64") ? Finding.Status.OK : Finding.Status.WARN);
    }

    @Test
    void countsOnlyTheMemoryThatTheControlGroupGives() throws IOException {
        write("proc/meminfo", "MemTotal: 32000000 kB\nMemAvailable:   16000000 kB\n");
        write("sys/fs/cgroup/memory.max", "2000000000\n");
        write("sys/fs/cgroup/memory.current", "500000000\n");

        assertThat(new Hardware(machine()).memory()).isEqualTo(1_500_000_000L);
    }

    @Test
    void failsWithoutTheMemoryForTheSmallestModel() {
        assertThat(Hardware.memory(GB / 2).status()).isEqualTo(Finding.Status.FAIL);
        assertThat(Hardware.memory(2 * GB).status()).isEqualTo(Finding.Status.WARN);
        assertThat(Hardware.memory(8 * GB).status()).isEqualTo(Finding.Status.OK);
    }

    @Test
    void namesWhatAGraphicsCardLacks() throws IOException {
        write("dev/nvidia0", "");
        Hardware hardware = new Hardware(machine());

        assertThat(hardware.gpu(List.of(CPU)).remedy()).contains("driver");

        write("usr/lib64/libcuda.so.1", "");
        assertThat(hardware.gpu(List.of(CPU)).remedy()).contains("quipu-llama-natives");
        assertThat(hardware.gpu(List.of(CPU, GPU)).status()).isEqualTo(Finding.Status.OK);
        assertThat(hardware.gpu(List.of(CPU, GPU)).found()).contains("CUDA0");
    }

    @Test
    void listsWhatTheEngineCanComputeOn() {
        Devices devices = Devices.of(() -> List.of(CPU, GPU));

        assertThat(devices.found()).containsExactly(CPU, GPU);
        assertThat(devices.finding().status()).isEqualTo(Finding.Status.OK);
        assertThat(devices.finding().found())
                .isEqualTo("CPU (Fast 9000, cpu, 8.0 of 16.0 GB free); CUDA0 (NVIDIA H100, gpu, 79.0 of 80.0 GB free)");
    }

    @Test
    void warnsOfAnEngineThatCannotTell() {
        Devices devices = Devices.of(() -> {
            throw new EngineException(EngineError.NATIVES, "The libraries are damaged.");
        });

        assertThat(devices.found()).isEmpty();
        assertThat(devices.finding().status()).isEqualTo(Finding.Status.WARN);
        assertThat(devices.finding().found()).contains("QP-ENGINE-002");
    }

    @Test
    void findsPythonAndItsVersionByItsName() throws IOException {
        Path real = write("usr/bin/python3.13", "");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(root.resolve("usr/bin/python3"), real);

        Finding found = new Software(machine()).python();

        assertThat(found.status()).isEqualTo(Finding.Status.OK);
        assertThat(found.found()).startsWith("3.13, ");
    }

    @Test
    void warnsWhenCodeCannotBeShutIn() throws IOException {
        write("proc/sys/user/max_user_namespaces", "100\n");
        write("proc/sys/kernel/unprivileged_userns_clone", "0\n");
        Finding shut = new Software(machine()).isolation();

        write("sys/kernel/security/lsm", "lockdown,landlock,yama");
        Finding open = new Software(machine()).isolation();

        assertThat(shut.status()).isEqualTo(Finding.Status.WARN);
        assertThat(open.found()).contains("no user namespaces", "Landlock");
    }

    @Test
    void warnsOfAPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Software.port(taken.getLocalPort()).status()).isEqualTo(Finding.Status.WARN);
        }
    }

    @Test
    void recommendsLargerModelsToLargerMachines() {
        var models = ModelCatalog.standard().models();

        assertThat(Advice.of(models, 2 * GB, 2).model()).isEqualTo("qwen2.5-coder-0.5b");
        assertThat(Advice.of(models, GB / 2, 2).model()).isEqualTo("smollm2-135m");
        assertThat(Advice.of(models, 64 * GB, 16).model()).isEqualTo("qwen2.5-coder-1.5b");
        assertThat(Advice.of(models, 64 * GB, 16).threads()).isEqualTo(16);
    }

    @Test
    void isUsableUnlessSomethingNeededIsMissing() {
        Report fine = new Report(List.of(Finding.warn("a", "b", "c")), List.of(), new Advice("m", 1));
        Report broken = new Report(List.of(Finding.fail("a", "b", "c")), List.of(), new Advice("m", 1));

        assertThat(fine.usable()).isTrue();
        assertThat(broken.usable()).isFalse();
    }

    @Test
    void looksAtThisMachineWithARemedyForEveryFault() {
        Report report = Report.on(
                Machine.here(),
                root,
                ModelStore.standard(),
                model -> Optional.of("it does not load"),
                Device::all,
                SandboxTrial::finding,
                0);

        assertThat(report.devices()).extracting(Device::kind).contains(Device.Kind.CPU);
        assertThat(report.findings()).extracting(Finding::name).contains("cpu", "memory", "java", "engine", "port");
        assertThat(report.findings())
                .allMatch(finding -> finding.status()
                        == Finding.Status.OK
                        == finding.remedy().isEmpty());
    }

    private Machine machine() {
        return new Machine(root, List.of(root.resolve("usr/bin")));
    }

    private Path write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }
}
