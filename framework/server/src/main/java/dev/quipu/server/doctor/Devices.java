package dev.quipu.server.doctor;

import dev.quipu.QuipuException;
import dev.quipu.llama.Device;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the engine can compute on, as its libraries tell it. */
record Devices(List<Device> found, Finding finding) {
    private static final double GB = 1e9;

    static Devices of(Supplier<List<Device>> lists) {
        try {
            List<Device> found = lists.get();
            return new Devices(
                    found,
                    Finding.ok(
                            "devices",
                            found.isEmpty()
                                    ? "the engine here cannot tell"
                                    : found.stream().map(Devices::told).collect(Collectors.joining("; "))));
        } catch (QuipuException e) {
            return new Devices(
                    List.of(),
                    Finding.warn(
                            "devices", String.valueOf(e.getMessage()), "See the finding 'engine' for what to add."));
        }
    }

    private static String told(Device device) {
        return String.format(
                Locale.ROOT,
                "%s (%s, %s, %.1f of %.1f GB free)",
                device.name(),
                device.description().strip(),
                device.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                device.freeBytes() / GB,
                device.totalBytes() / GB);
    }
}
