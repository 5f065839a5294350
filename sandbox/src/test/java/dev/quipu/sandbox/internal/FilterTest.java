package dev.quipu.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter of system calls for either processor, run by an interpreter of the kernel's filter language. */
class FilterTest {
    private static final Map<String, Integer> AUDIT = Map.of("x86_64", 0xC000003E, "aarch64", 0xC00000B7);
    private static final String ASSEMBLE = """
            import os, sys, types
            sys.path.insert(0, sys.argv[1])
            os.uname = lambda: types.SimpleNamespace(machine=sys.argv[2])
            import quipu_filter
            print(quipu_filter.assemble().hex())
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path modules;

    @BeforeAll
    static void unpack() throws IOException {
        for (Map.Entry<String, String> module : Sources.modules().entrySet()) {
            Files.writeString(modules.resolve(module.getKey() + ".py"), module.getValue());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64, 1, 0, ALLOW", // write
        "x86_64, 59, 0, NOTIFY", // execve
        "x86_64, 41, 0, NOTIFY", // socket
        "x86_64, 304, 0, NOTIFY", // open_by_handle_at
        "x86_64, 56, 65536, ALLOW", // clone of a thread
        "x86_64, 56, 0, EPERM", // clone of a process
        "x86_64, 56, 268500992, EPERM", // clone of a thread in a new user namespace
        "x86_64, 435, 0, ENOSYS", // clone3
        "x86_64, 237, 0, EPERM", // mbind
        "x86_64, 1073741825, 0, KILL", // write of the x32 ABI
        "x86_64, 9999, 0, EPERM",
        "aarch64, 64, 0, ALLOW", // write
        "aarch64, 221, 0, NOTIFY", // execve
        "aarch64, 198, 0, NOTIFY", // socket
        "aarch64, 265, 0, NOTIFY", // open_by_handle_at
        "aarch64, 117, 0, NOTIFY", // ptrace
        "aarch64, 220, 65536, ALLOW", // clone of a thread
        "aarch64, 220, 0, EPERM", // clone of a process
        "aarch64, 220, 268500992, EPERM", // clone of a thread in a new user namespace
        "aarch64, 435, 0, ENOSYS", // clone3
        "aarch64, 235, 0, EPERM", // mbind
        "aarch64, 9999, 0, EPERM",
    })
    void answersEachCallAsThePolicySays(String machine, int call, int argument, String answer) throws Exception {
        ByteBuffer filter = filter(machine);

        String answered = run(filter, call, AUDIT.getOrDefault(machine, 0), argument);

        assertThat(answered).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"x86_64, 1, aarch64", "aarch64, 64, x86_64"})
    void killsWhoCallsByAnotherProcessorsNumbers(String machine, int write, String other) throws Exception {
        ByteBuffer filter = filter(machine);

        String answered = run(filter, write, AUDIT.getOrDefault(other, 0), 0);

        assertThat(answered).isEqualTo("KILL");
    }

    private static ByteBuffer filter(String machine) throws IOException, InterruptedException {
        Process python = new ProcessBuilder("python3", "-I", "-c", ASSEMBLE, modules.toString(), machine)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(python.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(python.waitFor()).isZero();
        return ByteBuffer.wrap(HexFormat.of().parseHex(told)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Classic BPF, as much of it as the filter uses; the source of its instructions is linux/bpf_common.h. */
    private static String run(ByteBuffer filter, int call, int audit, int argument) {
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int code = filter.getShort(8 * at);
            int yes = filter.get(8 * at + 2) & 0xFF;
            int no = filter.get(8 * at + 3) & 0xFF;
            int value = filter.getInt(8 * at + 4);
            switch (code) {
                case 0x20 -> accumulator = value == 0 ? call : value == 4 ? audit : value == 16 ? argument : 0;
                case 0x54 -> accumulator &= value;
                case 0x15 -> at += accumulator == value ? yes : no;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? yes : no;
                case 0x45 -> at += (accumulator & value) != 0 ? yes : no;
                case 0x06 -> {
                    return name(value);
                }
                default -> throw new IllegalStateException("instruction " + code);
            }
        }
    }

    private static String name(int answer) {
        return switch (answer) {
            case 0x7FFF0000 -> "ALLOW";
            case 0x80000000 -> "KILL";
            case 0x7FC00000 -> "NOTIFY";
            case 0x00050001 -> "EPERM";
            case 0x00050026 -> "ENOSYS";
            default -> Integer.toHexString(answer);
        };
    }
}
