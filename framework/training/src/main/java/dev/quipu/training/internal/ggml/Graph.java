package dev.quipu.training.internal.ggml;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A graph of operations that is built once and computed many times. Intermediate results share memory by the order in
 * which nodes were added; those that are read afterwards have to be kept.
 */
public final class Graph implements NativeResource {
    /** A node's structure with its name, its object header, and its places in the graph's tables. */
    private static final long PER_NODE = 768;

    private final Ggml ggml = Ggml.load();
    private final Backend backend;
    private final long context;
    private final long graph;
    private final MethodHandle compute;
    private long allocator;

    /** @param nodes that it has room for, views included */
    public Graph(Backend backend, int nodes) {
        this.backend = backend;
        context = ggml.context(nodes * PER_NODE + 65536);
        graph = ggml.number("ggml_new_graph_custom", "pplb", context, (long) nodes, false);
        compute = ggml.function("ggml_backend_graph_compute", "ipp");
    }

    public Ops ops() {
        return new Ops(ggml, context);
    }

    /** Adds what the tensor is computed from, and then itself; what was added before is computed before. */
    public void add(Tensor result) {
        ggml.call("ggml_build_forward_expand", "vpp", graph, result.address());
    }

    /** Keeps a result to be read after the computation. */
    public void keep(Tensor result) {
        ggml.call("ggml_set_output", "vp", result.address());
    }

    /**
     * Plans the memory; no node may be added afterwards.
     *
     * @throws TrainingException if there is too little, or the device cannot compute one of the nodes
     */
    public void allocate() {
        requireSupport();
        allocator = ggml.number("ggml_gallocr_new", "pp", backend.bufferType());
        if (!(boolean)
                java.util.Objects.requireNonNull(ggml.call("ggml_gallocr_alloc_graph", "bpp", allocator, graph))) {
            throw new TrainingException(
                    TrainingError.MEMORY,
                    "There is not enough memory for the intermediate results. Train shorter or fewer sequences at"
                            + " once, or recompute the layers.");
        }
    }

    /** ggml ends the process when a device meets a node that it cannot compute. */
    private void requireSupport() {
        for (int i = 0; i < nodes(); i++) {
            long node = ggml.number("ggml_graph_node", "ppi", graph, i);
            boolean supported =
                    Boolean.TRUE.equals(ggml.call("ggml_backend_supports_op", "bpp", backend.address(), node));
            if (!supported) {
                long name = ggml.number("ggml_op_desc", "pp", node);
                throw new TrainingException(
                        TrainingError.DEVICE,
                        backend.description() + " cannot compute "
                                + MemorySegment.ofAddress(name).reinterpret(64).getString(0) + " for "
                                + new Tensor(node) + ". Train on the CPU (--device cpu).");
            }
        }
    }

    /** Bytes of the intermediate results. */
    public long bytes() {
        return ggml.number("ggml_gallocr_get_buffer_size", "lpi", allocator, 0);
    }

    public int nodes() {
        return (int) java.util.Objects.requireNonNull(ggml.call("ggml_graph_n_nodes", "ip", graph));
    }

    public void compute() {
        int status;
        try {
            status = (int) compute.invokeExact(backend.address(), graph);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("C cannot throw", e);
        }
        if (status != 0) {
            throw new EngineException(EngineError.DECODE, "ggml ended a computation with the status " + status + ".");
        }
    }

    @Override
    public void close() {
        if (allocator != 0) {
            ggml.call("ggml_gallocr_free", "vp", allocator);
        }
        ggml.call("ggml_free", "vp", context);
    }
}
