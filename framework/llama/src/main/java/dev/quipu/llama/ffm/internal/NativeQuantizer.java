package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** llama.cpp's quantization. It takes llama.cpp's log of the whole process, so it is for a process of its own. */
final class NativeQuantizer {
    private static final StructLayout PARAMS = MemoryLayout.structLayout(
            JAVA_INT.withName("nthread"),
            JAVA_INT.withName("ftype"),
            JAVA_INT.withName("output_tensor_type"),
            JAVA_INT.withName("token_embedding_type"),
            JAVA_BOOLEAN.withName("allow_requantize"),
            JAVA_BOOLEAN.withName("quantize_output_tensor"),
            JAVA_BOOLEAN.withName("only_copy"),
            JAVA_BOOLEAN.withName("pure"),
            JAVA_BOOLEAN.withName("keep_split"),
            JAVA_BOOLEAN.withName("dry_run"),
            MemoryLayout.paddingLayout(2),
            ADDRESS.withName("imatrix"),
            ADDRESS.withName("kv_overrides"),
            ADDRESS.withName("tt_overrides"),
            ADDRESS.withName("prune_layers"),
            JAVA_LONG.withName("max_buf_size"));
    private static final StructLayout TENSOR_TYPE = MemoryLayout.structLayout(
            ADDRESS.withName("pattern"), JAVA_INT.withName("type"), MemoryLayout.paddingLayout(4));
    /** Memory for rows of one tensor; its own default is larger than a small machine. */
    private static final long BUFFER_BYTES = 256L << 20;

    private static final int LEVEL_WARN = 3;
    /** {@code [  12/ 272] blk.1.attn_k.weight - [ 576, 192, 1, 1], type = f16, } */
    private static final Pattern TENSOR = Pattern.compile("\\[\\s*\\d+/\\s*\\d+]\\s+(\\S+)\\s+-.*", Pattern.DOTALL);

    private final Llama llama;
    private final Consumer<String> onTensor;
    private final Consumer<String> onTrouble;

    NativeQuantizer(Llama llama, Consumer<String> onTensor, Consumer<String> onTrouble) {
        this.llama = llama;
        this.onTensor = onTensor;
        this.onTrouble = onTrouble;
    }

    /**
     * @param own {@code NAME=TYPE} for weights with a type of their own; then all others get the mix's first type
     * @return 0 for success; else the troubles have been told
     */
    int run(Path input, Path output, int fileType, int threads, boolean requantize, List<String> own) {
        return NativeCall.call(() -> {
            try (Arena arena = Arena.ofShared()) {
                MethodHandle onLog = MethodHandles.lookup()
                        .findVirtual(
                                NativeQuantizer.class,
                                "onLog",
                                MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class))
                        .bindTo(this);
                llama.function("llama_log_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS))
                        .invoke(
                                Linker.nativeLinker().upcallStub(onLog, Llama.descriptor("vipp"), Arena.global()),
                                MemorySegment.NULL);
                MemorySegment params = (MemorySegment)
                        llama.function("llama_model_quantize_default_params", FunctionDescriptor.of(PARAMS))
                                .invoke((SegmentAllocator) arena);
                params.set(JAVA_INT, Layouts.offset(PARAMS, "nthread"), threads);
                params.set(JAVA_INT, Layouts.offset(PARAMS, "ftype"), fileType);
                params.set(JAVA_BOOLEAN, Layouts.offset(PARAMS, "allow_requantize"), requantize);
                params.set(JAVA_LONG, Layouts.offset(PARAMS, "max_buf_size"), BUFFER_BYTES);
                if (!own.isEmpty()) {
                    params.set(JAVA_BOOLEAN, Layouts.offset(PARAMS, "pure"), true);
                    params.set(ADDRESS, Layouts.offset(PARAMS, "tt_overrides"), types(arena, own));
                }
                return (int) llama.function(
                                "llama_model_quantize", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS))
                        .invoke(arena.allocateFrom(input.toString()), arena.allocateFrom(output.toString()), params);
            }
        });
    }

    /** The list that C reads up to an entry without a pattern. */
    private static MemorySegment types(Arena arena, List<String> own) {
        MemorySegment list = arena.allocate(TENSOR_TYPE, own.size() + 1L);
        for (int i = 0; i < own.size(); i++) {
            int mark = own.get(i).lastIndexOf('=');
            // A name is matched as a regular expression, in which only its dots would mean something else.
            String pattern = "^" + own.get(i).substring(0, mark).replace(".", "[.]") + "$";
            long at = i * TENSOR_TYPE.byteSize();
            list.set(ADDRESS, at, arena.allocateFrom(pattern));
            list.set(
                    JAVA_INT,
                    at + Layouts.offset(TENSOR_TYPE, "type"),
                    Integer.parseInt(own.get(i).substring(mark + 1)));
        }
        return list;
    }

    /** Called by C for each piece of its log. An exception that left it would end the JVM without a word. */
    @SuppressWarnings({"unused", "CatchingUnchecked"})
    private void onLog(int level, MemorySegment text, MemorySegment userData) {
        try {
            String said = Llama.string(text);
            Matcher tensor = TENSOR.matcher(said);
            if (tensor.matches()) {
                onTensor.accept(tensor.group(1));
            } else if (level >= LEVEL_WARN && level <= LEVEL_WARN + 1) {
                onTrouble.accept(said.strip());
            }
        } catch (RuntimeException e) {
            // There is nobody to tell.
        }
    }
}
