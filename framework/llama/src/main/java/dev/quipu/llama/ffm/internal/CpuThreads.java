package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Threads that compute on the CPU and stay from pass to pass; without them ggml starts new ones for each. */
final class CpuThreads implements AutoCloseable {
    /** As many as ggml has room for. */
    static final int MOST = 512;

    // struct ggml_threadpool_params: a mask with a byte for each thread, then the count, a priority, how long to poll
    // for
    // more work, and two booleans.
    private static final long SIZE = MOST + 16;
    private static final long POLL = MOST + 8;
    /** Some milliseconds: over the gap between two tokens, and no longer than that. */
    private static final int PATIENCE = 1;

    private final Llama llama;
    private final MemorySegment pool;

    private CpuThreads(Llama llama, MemorySegment pool) {
        this.llama = llama;
        this.pool = pool;
    }

    /** Threads for a context. They have to be freed after it. */
    static CpuThreads attach(Llama llama, MemorySegment context, int threads) {
        return NativeCall.call(() -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment params = arena.allocate(SIZE, JAVA_INT.byteAlignment());
                llama.threadsDefaults.invoke(params, threads);
                params.set(JAVA_INT, POLL, PATIENCE);
                MemorySegment pool = (MemorySegment)
                        function(llama, "ggml_threadpool_new", "pp").invoke(params);
                if (pool.address() != 0) {
                    llama.threadsAttach.invoke(context, pool, pool);
                }
                return new CpuThreads(llama, pool);
            }
        });
    }

    /** The library that computes was chosen for this processor at run time, so its functions are asked for by name. */
    private static MethodHandle function(Llama llama, String name, String signature) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cpu = (MemorySegment) llama.backendNamed.invoke(arena.allocateFrom("CPU"));
            MemorySegment found = (MemorySegment) llama.backendFunction.invoke(cpu, arena.allocateFrom(name));
            return Linker.nativeLinker().downcallHandle(found, Llama.descriptor(signature));
        }
    }

    @Override
    public void close() {
        if (pool.address() != 0) {
            NativeCall.call(() -> {
                function(llama, "ggml_threadpool_free", "vp").invoke(pool);
                return true;
            });
        }
    }
}
