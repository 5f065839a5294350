package dev.quipu.llama;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Something that computes: the CPU, or a GPU whose driver and libraries are here.
 *
 * @param name as llama.cpp calls it, for example {@code CUDA0}
 * @param description its maker's name for it
 * @param freeBytes memory that is free now
 * @param totalBytes memory that it has
 */
public record Device(String name, String description, Kind kind, long freeBytes, long totalBytes) {
    /** What a device is. */
    public enum Kind {
        CPU,
        /** A GPU with memory of its own. */
        GPU,
        /** A GPU that uses the machine's memory. */
        INTEGRATED_GPU,
        /** Something that helps the CPU and holds no model, such as a library of matrix routines. */
        ACCELERATOR;

        /** Whether layers of a model can lie there. */
        public boolean gpu() {
            return this == GPU || this == INTEGRATED_GPU;
        }
    }

    /**
     * The devices of the provider that would load a model here; empty where no provider can tell. Loads the engine's
     * libraries.
     */
    public static List<Device> all() {
        return ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(EngineProvider::order))
                .filter(provider -> !provider.name().equals(EngineProvider.ISOLATED))
                .filter(provider -> provider.unavailable().isEmpty())
                .findFirst()
                .map(EngineProvider::devices)
                .orElse(List.of());
    }
}
