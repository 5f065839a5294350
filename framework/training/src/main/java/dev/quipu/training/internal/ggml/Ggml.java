package dev.quipu.training.internal.ggml;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.natives.NativeBundle;
import dev.quipu.llama.natives.NativeCache;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The functions of ggml, by name and C signature. The libraries are the engine's: loaded beside it they are the same ones
 * in memory, and ggml registers its backends once.
 *
 * <p>Pointers travel as {@code long}. A signature has the result first, {@code v} for none: {@code p} a pointer, {@code l}
 * a 64-bit and {@code i} a 32-bit number, {@code f} a float, {@code b} a truth value, {@code y} a byte, {@code s} the
 * structure that a context is made from.
 */
final class Ggml {
    /** The layouts of this package hold for these releases only. */
    private static final Set<String> RELEASES = Set.of("v0.5.0");

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CONTEXT_PARAMS = MemoryLayout.structLayout(
            JAVA_LONG.withName("mem_size"),
            JAVA_LONG.withName("mem_buffer"),
            JAVA_BOOLEAN.withName("no_alloc"),
            MemoryLayout.paddingLayout(7));
    private static final Map<Character, MemoryLayout> TYPES = Map.of(
            'p', JAVA_LONG,
            'l', JAVA_LONG,
            'i', JAVA_INT,
            'f', JAVA_FLOAT,
            'b', JAVA_BOOLEAN,
            'y', JAVA_BYTE,
            's', CONTEXT_PARAMS);

    private static @Nullable Ggml loaded;

    private final NativeBundle bundle;
    private final List<SymbolLookup> libraries;
    private final Map<String, MethodHandle> functions = new ConcurrentHashMap<>();

    private Ggml(NativeBundle bundle) throws IOException {
        Path folder = bundle.folder();
        this.bundle = bundle;
        libraries = List.of(library(folder, "libggml-base."), library(folder, "libggml."));
        try (Arena arena = Arena.ofConfined()) {
            call(
                    "ggml_backend_load_all_from_path",
                    "vp",
                    arena.allocateFrom(folder.toString()).address());
        }
    }

    /** The libraries, loaded on the first call. */
    static synchronized Ggml load() {
        if (loaded == null) {
            NativeBundle bundle = NativeBundle.locate(NativeCache.folder(), RELEASES);
            try {
                loaded = new Ggml(bundle);
            } catch (IOException e) {
                throw new EngineException(
                        EngineError.NATIVES, "The ggml libraries in " + bundle.folder() + " do not load: " + e, e);
            }
        }
        return loaded;
    }

    /**
     * Finds a device by its kind; 0 for none. The bundle's GPU libraries are loaded when one is first asked for and none is
     * there: two that drive the same GPU would be two devices.
     */
    synchronized long device(int... kinds) {
        long found = registered(kinds);
        for (int i = 0; found == 0 && i < bundle.gpus().size(); i++) {
            try (Arena arena = Arena.ofConfined()) {
                call(
                        "ggml_backend_load",
                        "pp",
                        arena.allocateFrom(bundle.gpus().get(i).toString()).address());
            }
            found = registered(kinds);
        }
        return found;
    }

    private long registered(int... kinds) {
        return IntStream.of(kinds)
                .mapToLong(kind -> number("ggml_backend_dev_by_type", "pi", kind))
                .filter(device -> device != 0)
                .findFirst()
                .orElse(0);
    }

    private static SymbolLookup library(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new EngineException(
                            EngineError.NATIVES, folder + " has no " + prefix + "*. Remove the folder and try again."));
            return SymbolLookup.libraryLookup(file, Arena.global());
        }
    }

    /** Calls a function; the result is null for none. */
    @Nullable
    Object call(String name, String signature, Object... arguments) {
        return invoke(functions.computeIfAbsent(name, n -> spread(symbol(n), signature)), arguments);
    }

    /** Calls a function whose result is a pointer or a 64-bit number. */
    long number(String name, String signature, Object... arguments) {
        return (long) Objects.requireNonNull(call(name, signature, arguments));
    }

    /** Calls a function that is not exported, by its address. */
    void callAt(long address, String signature, Object... arguments) {
        invoke(spread(MemorySegment.ofAddress(address), signature), arguments);
    }

    /** A handle for a function that is called often. */
    MethodHandle function(String name, String signature) {
        return bind(symbol(name), signature);
    }

    private static MethodHandle spread(MemorySegment symbol, String signature) {
        return bind(symbol, signature)
                .asSpreader(Object[].class, signature.length() - 1)
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    private static @Nullable Object invoke(MethodHandle handle, Object[] arguments) {
        try {
            return (Object) handle.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("C cannot throw", e);
        }
    }

    private MemorySegment symbol(String name) {
        return libraries.stream()
                .flatMap(l -> l.find(name).stream())
                .findFirst()
                .orElseThrow(() ->
                        new EngineException(EngineError.NATIVES, "The ggml libraries have no function " + name + "."));
    }

    private static MethodHandle bind(MemorySegment symbol, String signature) {
        MemoryLayout[] arguments = signature
                .substring(1)
                .chars()
                .mapToObj(c -> Objects.requireNonNull(TYPES.get((char) c)))
                .toArray(MemoryLayout[]::new);
        char result = signature.charAt(0);
        return LINKER.downcallHandle(
                symbol,
                result == 'v'
                        ? FunctionDescriptor.ofVoid(arguments)
                        : FunctionDescriptor.of(Objects.requireNonNull(TYPES.get(result)), arguments));
    }

    /** A context that describes tensors and graphs without holding their data. */
    long context(long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = arena.allocate(CONTEXT_PARAMS);
            params.set(JAVA_LONG, 0, bytes);
            params.set(JAVA_BOOLEAN, 16, true);
            return number("ggml_init", "ps", params);
        }
    }
}
