package dev.quipu.training.internal.ggml;

import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;

/** Tensors that live and end together. For one thread. */
public final class TensorPool implements NativeResource {
    /** A tensor's structure, its object header, and room for alignment. */
    private static final long PER_TENSOR = 512;

    private final Ggml ggml = Ggml.load();
    private final long context;
    private final long capacity;
    private long count;
    private long buffer;

    /** @param capacity tensors that it has room for */
    public TensorPool(int capacity) {
        this.capacity = capacity;
        context = ggml.context(capacity * PER_TENSOR + 4096);
    }

    /** Describes a tensor; its data come with {@link #allocate} or {@link SharedMemory#place}. */
    public Tensor tensor(int type, long... dimensions) {
        if (count++ >= capacity) {
            throw new IllegalStateException("a pool of " + capacity + " tensors is full");
        }
        long[] four = {1, 1, 1, 1};
        System.arraycopy(dimensions, 0, four, 0, dimensions.length);
        return new Tensor(
                ggml.number("ggml_new_tensor_4d", "ppillll", context, type, four[0], four[1], four[2], four[3]));
    }

    /** Gives all tensors that have none data of zeros. */
    public void allocate(Backend backend) {
        buffer = ggml.number("ggml_backend_alloc_ctx_tensors", "ppp", context, backend.address());
        if (buffer == 0) {
            throw new TrainingException(
                    TrainingError.MEMORY, "There is not enough memory for the tensors of the training.");
        }
        ggml.call("ggml_backend_buffer_clear", "vpy", buffer, (byte) 0);
    }

    /** Bytes of the data that it allocated. */
    public long bytes() {
        return buffer == 0 ? 0 : ggml.number("ggml_backend_buffer_get_size", "lp", buffer);
    }

    @Override
    public void close() {
        if (buffer != 0) {
            ggml.call("ggml_backend_buffer_free", "vp", buffer);
        }
        ggml.call("ggml_free", "vp", context);
    }
}
