package dev.quipu.server.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a CPU is and can do.
 *
 * @param name its maker's name for it
 * @param cores cores, each counted once even if it runs two threads
 * @param features instruction sets that matter for inference, by their common names
 * @param vectors whether it has the vector instructions that inference is fast with
 */
record Processor(String name, int cores, List<String> features, boolean vectors) {
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("avx", "AVX"),
            Map.entry("avx2", "AVX2"),
            Map.entry("fma", "FMA"),
            Map.entry("f16c", "F16C"),
            Map.entry("avx_vnni", "AVX-VNNI"),
            Map.entry("avx512f", "AVX-512"),
            Map.entry("avx512_vnni", "AVX-512-VNNI"),
            Map.entry("avx512_bf16", "AVX-512-BF16"),
            Map.entry("amx_int8", "AMX-INT8"),
            Map.entry("asimd", "NEON"),
            Map.entry("asimddp", "DOTPROD"),
            Map.entry("i8mm", "I8MM"),
            Map.entry("sve", "SVE"));

    /** Reads Linux's {@code /proc/cpuinfo}; elsewhere only the number of processors is known. */
    static Processor of(Machine machine, int processors) {
        String info = machine.read("proc/cpuinfo").orElse("");
        Set<String> flags =
                new TreeSet<>(Arrays.asList((value(info, "flags") + " " + value(info, "Features")).split(" ")));
        List<String> features = new ArrayList<>();
        KNOWN.forEach((flag, feature) -> {
            if (flags.contains(flag)) {
                features.add(feature);
            }
        });
        features.sort(String::compareTo);
        String arch = System.getProperty("os.arch");
        String name = value(info, "model name");
        boolean arm = arch.equals("aarch64");
        return new Processor(
                name.isEmpty() ? arch : name,
                cores(info, processors),
                features,
                info.isEmpty() || arm || flags.contains("avx2") || flags.contains("asimd"));
    }

    private static int cores(String info, int processors) {
        Set<String> seen = new TreeSet<>();
        for (String block : info.split("\n\n")) {
            String core = value(block, "core id");
            if (!core.isEmpty()) {
                seen.add(value(block, "physical id") + "/" + core);
            }
        }
        return seen.isEmpty() ? processors : Math.min(seen.size(), processors);
    }

    private static String value(String info, String key) {
        return info.lines()
                .filter(line -> line.startsWith(key)
                        && line.substring(key.length()).strip().startsWith(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
