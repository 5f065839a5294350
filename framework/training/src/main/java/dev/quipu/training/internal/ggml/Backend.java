package dev.quipu.training.internal.ggml;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** What computes graphs: the CPU with a number of threads, or a GPU. For one thread at a time. */
public final class Backend implements NativeResource {
    private static final int CPU = 0;
    private static final int GPU = 1;
    private static final int INTEGRATED_GPU = 2;
    private static final long ALIGNMENT = 32;
    private static final long MOST_TEXT = 4096;

    private final Ggml ggml;
    private final long address;
    private final boolean host;

    private Backend(Ggml ggml, long address, boolean host) {
        this.ggml = ggml;
        this.address = address;
        this.host = host;
    }

    /** The first GPU that a library for one finds; one with memory of its own before one without. */
    public static Optional<Backend> gpu() {
        Ggml ggml = Ggml.load();
        long device = ggml.device(GPU, INTEGRATED_GPU);
        long address = device == 0 ? 0 : ggml.number("ggml_backend_dev_init", "ppl", device, 0L);
        return address == 0 ? Optional.empty() : Optional.of(new Backend(ggml, address, false));
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
        return new Backend(ggml, address, true);
    }

    /** Whether its memory is the process's own, so that a mapped file can be computed on. */
    public boolean host() {
        return host;
    }

    /** What the device calls itself. */
    public String description() {
        long device = ggml.number("ggml_backend_get_device", "pp", address);
        long text = ggml.number("ggml_backend_dev_description", "pp", device);
        return MemorySegment.ofAddress(text).reinterpret(MOST_TEXT).getString(0);
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
