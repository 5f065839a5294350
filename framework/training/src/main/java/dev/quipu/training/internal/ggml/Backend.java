package dev.quipu.training.internal.ggml;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What computes graphs: the CPU with a number of threads. For one thread at a time. */
public final class Backend implements NativeResource {
    private static final int CPU = 0;
    private static final long ALIGNMENT = 32;

    private final Ggml ggml;
    private final long address;

    private Backend(Ggml ggml, long address) {
        this.ggml = ggml;
        this.address = address;
    }

    public static Backend cpu(int threads) {
        Ggml ggml = Ggml.load();
        long address = ggml.number("ggml_backend_init_by_type", "pip", CPU, 0L);
        if (address == 0) {
            throw new EngineException(EngineError.NATIVES, "ggml has no backend for this machine's CPU.");
        }
        long device = ggml.number("ggml_backend_get_device", "pp", address);
        long registry = ggml.number("ggml_backend_dev_backend_reg", "pp", device);
        try (Arena arena = Arena.ofConfined()) {
            long setThreads = ggml.number(
                    "ggml_backend_reg_get_proc_address",
                    "ppp",
                    registry,
                    arena.allocateFrom("ggml_backend_set_n_threads").address());
            ggml.callAt(setThreads, "vpi", address, threads);
        }
        return new Backend(ggml, address);
    }

    long address() {
        return address;
    }

    long bufferType() {
        return ggml.number("ggml_backend_get_default_buffer_type", "pp", address);
    }

    /** Whether memory of that address can be a tensor's data as it is. */
    public static boolean aligned(long address) {
        return address % ALIGNMENT == 0;
    }

    /** Makes memory that outlives the pool, such as a mapped file, the data of a pool's tensors. */
    public SharedMemory share(MemorySegment memory) {
        if (!aligned(memory.address())) {
            throw new IllegalArgumentException("memory at " + memory.address() + " is not aligned");
        }
        long buffer = ggml.number("ggml_backend_cpu_buffer_from_ptr", "ppl", memory.address(), memory.byteSize());
        return new SharedMemory(ggml, buffer, memory);
    }

    @Override
    public void close() {
        ggml.call("ggml_backend_free", "vp", address);
    }
}
