package dev.quipu.training.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.quipu.llama.natives.NativeBundle;
import dev.quipu.llama.natives.NativeCache;
import dev.quipu.training.internal.ggml.Backend;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The logits of libllama itself, with an adapter from its file: the plain attention on a cache of single precision, so that
 * nothing but the mathematics is compared.
 */
final class LlamaLogits {
    private static final StructLayout MODEL_PARAMS = words(10);
    private static final StructLayout CONTEXT_PARAMS = words(20);
    private static final StructLayout BATCH = words(7);
    private static final long THREADS = 28;
    private static final long FLASH = 52;
    private static final long KEYS = 104;

    private final SymbolLookup library;

    LlamaLogits() throws IOException {
        Backend.cpu(1).close(); // loads what libllama computes with
        Path folder =
                NativeBundle.locate(NativeCache.folder(), Set.of("v0.5.0")).folder();
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(f -> f.getFileName().toString().startsWith("libllama."))
                    .findFirst()
                    .orElseThrow();
            library = SymbolLookup.libraryLookup(file, Arena.global());
        }
        silence();
    }

    private void silence() throws IOException {
        try {
            MethodHandle quiet = MethodHandles.lookup()
                    .findStatic(
                            LlamaLogits.class,
                            "nothing",
                            MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class));
            MemorySegment stub = Linker.nativeLinker()
                    .upcallStub(quiet, FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS), Arena.global());
            action("llama_log_set", ADDRESS, ADDRESS).invoke(stub, MemorySegment.NULL);
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    @SuppressWarnings("unused") // called by C
    private static void nothing(int level, MemorySegment text, MemorySegment data) {}

    private static StructLayout words(int count) {
        MemoryLayout[] all = new MemoryLayout[count];
        Arrays.fill(all, JAVA_LONG);
        return MemoryLayout.structLayout(all);
    }

    private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(library.find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
    }

    private MethodHandle action(String name, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(library.find(name).orElseThrow(), FunctionDescriptor.ofVoid(arguments));
    }

    /** The logits of the model alone after each token of a sequence. */
    float[] of(Path model, int[] tokens, int vocabulary) throws Throwable {
        return of(model, Optional.empty(), tokens, vocabulary);
    }

    /** The logits after each token of a sequence. */
    float[] of(Path model, Path adapter, int[] tokens, int vocabulary) throws Throwable {
        return of(model, Optional.of(adapter), tokens, vocabulary);
    }

    private float[] of(Path model, Optional<Path> adapter, int[] tokens, int vocabulary) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment modelParams = (MemorySegment)
                    function("llama_model_default_params", MODEL_PARAMS).invoke((SegmentAllocator) arena);
            MemorySegment loaded =
                    (MemorySegment) function("llama_model_load_from_file", ADDRESS, ADDRESS, MODEL_PARAMS)
                            .invoke(arena.allocateFrom(model.toString()), modelParams);
            MemorySegment params = (MemorySegment)
                    function("llama_context_default_params", CONTEXT_PARAMS).invoke((SegmentAllocator) arena);
            params.set(JAVA_INT, 0, 256);
            params.set(JAVA_INT, THREADS, 1);
            params.set(JAVA_INT, THREADS + 4, 1);
            params.set(JAVA_INT, FLASH, 0);
            params.set(JAVA_INT, KEYS, 0);
            params.set(JAVA_INT, KEYS + 4, 0);
            MemorySegment context = (MemorySegment) function("llama_init_from_model", ADDRESS, ADDRESS, CONTEXT_PARAMS)
                    .invoke(loaded, params);
            if (adapter.isPresent()) {
                adapt(arena, loaded, context, adapter.get());
            }
            float[] logits = decode(arena, context, tokens, vocabulary);
            action("llama_free", ADDRESS).invoke(context);
            action("llama_model_free", ADDRESS).invoke(loaded);
            return logits;
        }
    }

    private void adapt(Arena arena, MemorySegment model, MemorySegment context, Path adapter) throws Throwable {
        MemorySegment lora = (MemorySegment) function("llama_adapter_lora_init", ADDRESS, ADDRESS, ADDRESS)
                .invoke(model, arena.allocateFrom(adapter.toString()));
        MemorySegment one = arena.allocate(ADDRESS);
        one.set(ADDRESS, 0, lora);
        int code = (int) function("llama_set_adapters_lora", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS)
                .invoke(context, one, 1L, arena.allocateFrom(JAVA_FLOAT, 1f));
        if (lora.address() == 0 || code != 0) {
            throw new IllegalStateException("libllama does not take " + adapter + ": " + code);
        }
    }

    private float[] decode(Arena arena, MemorySegment context, int[] tokens, int vocabulary) throws Throwable {
        MemorySegment batch = arena.allocate(BATCH);
        MemorySegment wanted = arena.allocate(tokens.length);
        wanted.fill((byte) 1);
        batch.set(JAVA_INT, 0, tokens.length);
        batch.set(ADDRESS, 8, arena.allocateFrom(JAVA_INT, tokens));
        batch.set(ADDRESS, 48, wanted);
        int code = (int) function("llama_decode", JAVA_INT, ADDRESS, BATCH).invoke(context, batch);
        if (code != 0) {
            throw new IllegalStateException("llama_decode ended with " + code);
        }
        MemorySegment logits =
                (MemorySegment) function("llama_get_logits", ADDRESS, ADDRESS).invoke(context);
        return logits.reinterpret(4L * vocabulary * tokens.length).toArray(JAVA_FLOAT);
    }
}
