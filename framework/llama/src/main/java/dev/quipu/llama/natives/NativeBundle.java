package dev.quipu.llama.natives;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The llama.cpp libraries of this platform in a folder of the file system, and those of GPUs beside them.
 *
 * <p>A folder named by {@code quipu.llama.library-path} wins. Else the bundle of the CPU is taken from the class path, with
 * the GPU bundles that lie there too; each of these has its backend's library alone, built for exactly the CPU bundle's
 * {@code libggml-base}. {@code quipu.llama.backend} ({@code cuda}, {@code vulkan} or {@code cpu}) takes that GPU bundle
 * only, or none.
 *
 * @param folder where the libraries of the CPU lie
 * @param release the llama.cpp release they were built from
 * @param backend what the folder's own libraries compute on
 * @param gpus libraries of GPU backends, CUDA before Vulkan; the first that finds a device is enough
 */
public record NativeBundle(Path folder, String release, String backend, List<Path> gpus) {
    private static final String LIBRARY_PATH = "quipu.llama.library-path";
    private static final String BACKEND = "quipu.llama.backend";
    private static final String PROPERTIES = "natives.properties";
    private static final String CPU = "cpu";
    private static final List<String> GPUS = List.of("cuda", "vulkan");

    public NativeBundle {
        gpus = List.copyOf(gpus);
    }

    /** Whether libraries for this platform are named by {@code quipu.llama.library-path} or lie on the class path. */
    public static boolean available() {
        return System.getProperty(LIBRARY_PATH) != null || NativeSource.CLASS_PATH.has(platform());
    }

    /** The platform's name as in the artifacts: {@code linux-x64}, {@code mac-arm64}, … */
    public static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        String system =
                os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "mac" : os.startsWith("win") ? "win" : os;
        return system + "-"
                + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch.equals("aarch64") ? "arm64" : arch);
    }

    /**
     * Finds the libraries, unpacking them on first use and checking them on each.
     *
     * @param cache where unpacked libraries are kept
     * @param known releases whose structures the caller knows
     * @throws EngineException if there are none, one is damaged, or the release is unknown
     */
    public static NativeBundle locate(Path cache, Set<String> known) {
        @Nullable String named = System.getProperty(LIBRARY_PATH);
        return named == null
                ? locate(cache, known, NativeSource.CLASS_PATH, System.getProperty(BACKEND, ""))
                : known(of(Path.of(named)), known);
    }

    static NativeBundle locate(Path cache, Set<String> known, NativeSource source, String backend) {
        List<String> names = GPUS.stream()
                .filter(gpu -> backend.isEmpty() || backend.equals(gpu))
                .filter(gpu -> source.has(platform() + "-" + gpu))
                .toList();
        boolean missing = names.isEmpty() && !backend.isEmpty() && !backend.equals(CPU);
        if (missing || !source.has(platform())) {
            throw new EngineException(
                    EngineError.NATIVES,
                    "No llama.cpp libraries for " + platform()
                            + (backend.isEmpty() ? "" : " with " + BACKEND + "=" + backend)
                            + " are on the class path. Add quipu-llama-natives.");
        }
        try {
            NativeBundle cpu = known(of(new NativeUnpacker(source, platform()).unpack(cache)), known);
            List<Path> gpus = new ArrayList<>();
            for (String name : names) {
                Path folder = new NativeUnpacker(source, platform() + "-" + name).unpack(cache);
                gpus.add(GpuLibrary.in(folder, name, cpu));
            }
            return new NativeBundle(cpu.folder(), cpu.release(), cpu.backend(), gpus);
        } catch (IOException e) {
            throw new EngineException(
                    EngineError.NATIVES,
                    "The llama.cpp libraries cannot be unpacked into " + cache + ": " + e
                            + ". Check the disk, or set QUIPU_CACHE to another folder.",
                    e);
        }
    }

    /** What a folder of libraries says of itself. */
    static NativeBundle of(Path folder) {
        Properties properties = properties(folder);
        return new NativeBundle(
                folder, properties.getProperty("release", "?"), properties.getProperty("backend", CPU), List.of());
    }

    static Properties properties(Path folder) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve(PROPERTIES))) {
            properties.load(in);
        } catch (IOException e) {
            throw new EngineException(
                    EngineError.NATIVES,
                    folder + " has no readable " + PROPERTIES + ", so the release of its libraries is not known. Take a"
                            + " folder that quipu-llama-natives was unpacked into, or unset " + LIBRARY_PATH + ".",
                    e);
        }
        return properties;
    }

    private static NativeBundle known(NativeBundle bundle, Set<String> known) {
        if (!known.contains(bundle.release())) {
            throw new EngineException(
                    EngineError.NATIVES,
                    "The libraries in " + bundle.folder() + " are of llama.cpp " + bundle.release()
                            + ", but the layouts of " + known + " are known. Use quipu-llama-natives of this version.");
        }
        return bundle;
    }
}
