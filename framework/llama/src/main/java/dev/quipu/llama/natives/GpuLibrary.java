package dev.quipu.llama.natives;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

/** The one library of a GPU bundle. It shares structures with the CPU bundle's libraries, so both have to be of one build. */
final class GpuLibrary {
    private GpuLibrary() {}

    /**
     * @param backend {@code cuda} or {@code vulkan}
     * @throws EngineException if it was built for other libraries
     */
    static Path in(Path folder, String backend, NativeBundle cpu) throws IOException {
        Properties told = NativeBundle.properties(folder);
        String release = told.getProperty("release", "?");
        String base = told.getProperty("base", "");
        if (!release.equals(cpu.release()) || !base.equals(hash(cpu.folder()))) {
            throw new EngineException(
                    EngineError.NATIVES,
                    "The " + backend + " library in " + folder + " was built for other libraries (llama.cpp " + release
                            + ") than those in " + cpu.folder() + " (" + cpu.release()
                            + "). Take both jars of quipu-llama-natives from one version.");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("libggml-" + backend + ".")
                            || f.getFileName().toString().startsWith("ggml-" + backend + "."))
                    .findFirst()
                    .orElseThrow(() -> new EngineException(
                            EngineError.NATIVES,
                            folder + " has no library ggml-" + backend + ". Remove the folder and try again."));
        }
    }

    /** Of the library whose structures both share; empty when it is not there under its usual names. */
    private static String hash(Path folder) throws IOException {
        for (String name : new String[] {"libggml-base.so", "libggml-base.dylib", "ggml-base.dll"}) {
            if (Files.exists(folder.resolve(name))) {
                return NativeUnpacker.hash(folder.resolve(name));
            }
        }
        return "";
    }
}
