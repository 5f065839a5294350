package dev.quipu.training.internal.ggml;

import java.lang.foreign.MemorySegment;

/** Memory that is not ggml's own, in which tensors lie. */
public final class SharedMemory implements NativeResource {
    private final Ggml ggml;
    private final long buffer;
    private final MemorySegment memory;

    SharedMemory(Ggml ggml, long buffer, MemorySegment memory) {
        this.ggml = ggml;
        this.buffer = buffer;
        this.memory = memory;
    }

    /** Gives a tensor that has no data yet the bytes from an offset on. */
    public void place(Tensor tensor, long offset) {
        long bytes = ggml.number("ggml_nbytes", "lp", tensor.address());
        if (tensor.allocated()
                || offset < 0
                || bytes > memory.byteSize() - offset
                || !Backend.aligned(memory.address() + offset)) {
            throw new IllegalArgumentException(
                    tensor + " does not lie at " + offset + " in " + memory.byteSize() + " bytes");
        }
        ggml.call("ggml_backend_tensor_alloc", "ippp", buffer, tensor.address(), memory.address() + offset);
    }

    @Override
    public void close() {
        ggml.call("ggml_backend_buffer_free", "vp", buffer);
    }
}
