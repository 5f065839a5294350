package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;

/** A model and its context in llama.cpp. Made, used and freed on the decode loop's thread. */
final class NativeContext implements AutoCloseable, KvMemory {
    /** Sequences that a context with a unified cache knows, whatever it was told to decode side by side. */
    static final int SEQUENCES = 256;

    private static final int DEFAULT_CONTEXT = 4096;

    private final Llama llama;
    private final EngineOptions options;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment model;
    private final MemorySegment context;
    private final CpuThreads threads;
    private final MemorySegment memory;
    private final Vocabulary vocabulary;
    private final int size;
    private final int longest;
    private int pass;
    private AdapterSet adapters = AdapterSet.NONE;
    private final AbortFlag abort = new AbortFlag(arena);

    NativeContext(Llama llama, EngineOptions options) {
        this.llama = llama;
        this.options = options;
        this.model = NativeCall.call(this::loadModel);
        this.vocabulary = new Vocabulary(llama, model);
        this.context = newContextOrFree();
        this.threads = CpuThreads.attach(llama, context, threads());
        this.memory = NativeCall.call(() -> (MemorySegment) llama.contextMemory.invoke(context));
        this.size = NativeCall.call(() -> (int) llama.contextSize.invoke(context));
        this.longest = Math.min(size, NativeCall.call(() -> (int) llama.modelTrainedContext.invoke(model)));
    }

    private MemorySegment loadModel() throws Throwable {
        MemorySegment params = (MemorySegment) llama.modelDefaults.invoke((SegmentAllocator) arena);
        params.set(
                JAVA_INT,
                Layouts.offset(Layouts.MODEL_PARAMS, "n_gpu_layers"),
                GpuPlan.layers(options, llama.devices.gpus()));
        MethodHandle onProgress = MethodHandles.lookup()
                .findVirtual(
                        NativeContext.class,
                        "onProgress",
                        MethodType.methodType(boolean.class, float.class, MemorySegment.class))
                .bindTo(this);
        params.set(
                ADDRESS,
                Layouts.offset(Layouts.MODEL_PARAMS, "progress_callback"),
                Linker.nativeLinker().upcallStub(onProgress, Llama.descriptor("bfp"), arena));
        MemorySegment loaded = (MemorySegment)
                llama.modelLoad.invoke(arena.allocateFrom(options.model().toString()), params);
        if (loaded.address() == 0) {
            throw new EngineException(
                    EngineError.MODEL,
                    "llama.cpp cannot load " + options.model() + "; its log says why. Pull the model again.");
        }
        return loaded;
    }

    /** Called by C; whatever a listener throws must not reach it. */
    @SuppressWarnings("unused")
    private boolean onProgress(float share, MemorySegment userData) {
        try {
            options.progress().accept(share);
        } catch (RuntimeException e) {
            return false;
        }
        return true;
    }

    private MemorySegment newContextOrFree() {
        try {
            return NativeCall.call(this::newContext);
        } catch (RuntimeException e) {
            NativeCall.call(() -> {
                llama.modelFree.invoke(model);
                return true;
            });
            throw e;
        }
    }

    private MemorySegment newContext() throws Throwable {
        int trained = (int) llama.modelTrainedContext.invoke(model);
        int wanted = options.contextSize() == 0 ? Math.min(DEFAULT_CONTEXT, trained) : options.contextSize();
        if (wanted > (long) trained * options.sequences()) {
            throw new EngineException(
                    EngineError.OPTION,
                    "quipu.engine.context-size is " + wanted + ", but the model was trained on " + trained
                            + " tokens, and sequences are " + options.sequences() + ". Lower it.");
        }
        // llama.cpp asserts that each sequence can have its token in one pass, which is no longer than the context.
        pass = Math.min(wanted, options.batchSize());
        if (options.sequences() > pass) {
            throw new EngineException(
                    EngineError.OPTION,
                    options.sequences() + " sequences do not fit into one pass of " + pass
                            + " tokens. Lower sequences, or raise batchSize and contextSize.");
        }
        int threads = threads();
        MemorySegment params = (MemorySegment) llama.contextDefaults.invoke((SegmentAllocator) arena);
        set(params, "n_ctx", wanted);
        set(params, "n_batch", options.batchSize());
        set(params, "n_ubatch", options.batchSize());
        set(params, "n_seq_max", options.sequences());
        set(params, "n_threads", threads);
        set(params, "n_threads_batch", threads);
        params.set(JAVA_BOOLEAN, Layouts.offset(Layouts.CONTEXT_PARAMS, "kv_unified"), true);
        params.set(ADDRESS, Layouts.offset(Layouts.CONTEXT_PARAMS, "abort_callback"), abort.callback());
        params.set(ADDRESS, Layouts.offset(Layouts.CONTEXT_PARAMS, "abort_callback_data"), abort.data());
        MemorySegment made = (MemorySegment) llama.contextNew.invoke(model, params);
        if (made.address() == 0) {
            throw new EngineException(
                    EngineError.MODEL,
                    "llama.cpp cannot make a context of " + wanted + " tokens for " + options.model()
                            + ". Lower quipu.engine.context-size.");
        }
        return made;
    }

    private int threads() {
        int wanted = options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
        return Math.min(wanted, CpuThreads.MOST);
    }

    private static void set(MemorySegment params, String field, int value) {
        params.set(JAVA_INT, Layouts.offset(Layouts.CONTEXT_PARAMS, field), value);
    }

    /** Makes a running pass end early; for closing. */
    void abort() {
        abort.raise();
    }

    MemorySegment handle() {
        return context;
    }

    MemorySegment model() {
        return model;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    Arena arena() {
        return arena;
    }

    /** Tokens that all sequences share. */
    int size() {
        return size;
    }

    /** Tokens that one sequence may have. */
    int longest() {
        return longest;
    }

    /** Tokens that one pass may have. */
    int pass() {
        return pass;
    }

    /** 0 for success, 1 when the cache is full, 2 when aborted, negative for a refused batch. */
    int decode(Batch batch) {
        MemorySegment struct = batch.struct();
        return NativeCall.call(() -> (int) llama.decode.invokeExact(context, struct));
    }

    /** Whether sequences can share cells and be cut in the middle; recurrent states cannot. */
    boolean shares() {
        return NativeCall.call(
                () -> !(boolean) llama.modelIsRecurrent.invoke(model) && !(boolean) llama.modelIsHybrid.invoke(model));
    }

    @Override
    public void copy(int from, int to, int length) {
        NativeCall.call(() -> {
            llama.memoryCopy.invoke(memory, from, to, 0, length);
            return true;
        });
    }

    @Override
    public void cut(int sequence, int from) {
        boolean done = NativeCall.call(() -> (boolean) llama.memoryRemove.invoke(memory, sequence, from, -1));
        if (!done) {
            throw new IllegalStateException("sequence " + sequence + " cannot be cut at " + from);
        }
    }

    /** What was computed of a sequence, in memory of an arena. */
    MemorySegment state(int sequence, Arena owner) {
        return NativeCall.call(() -> {
            long room = (long) llama.stateSize.invoke(context, sequence);
            MemorySegment bytes = owner.allocate(room);
            return bytes.asSlice(0, (long) llama.stateGet.invoke(context, bytes, room, sequence));
        });
    }

    /** Replaces a sequence by what was computed earlier; false when llama.cpp does not take it. */
    boolean restore(int sequence, MemorySegment state) {
        return NativeCall.call(
                () -> (long) llama.stateSet.invoke(context, state, state.byteSize(), sequence) == state.byteSize());
    }

    MemorySegment loadAdapter(Path file) {
        return NativeCall.call(() -> {
            try (Arena path = Arena.ofConfined()) {
                MemorySegment adapter =
                        (MemorySegment) llama.adapterLoad.invoke(model, path.allocateFrom(file.toString()));
                if (adapter.address() == 0) {
                    throw new EngineException(
                            EngineError.ADAPTER, "llama.cpp cannot load " + file + "; its log says why.");
                }
                return adapter;
            }
        });
    }

    void freeAdapter(MemorySegment adapter) {
        // The context may still point to it.
        use(AdapterSet.NONE);
        NativeCall.call(() -> {
            llama.adapterFree.invoke(adapter);
            return true;
        });
    }

    /** Applies adapters to all that is computed from now on. */
    void use(AdapterSet set) {
        if (set.equals(adapters)) {
            return;
        }
        adapters = set;
        NativeCall.call(() -> {
            try (Arena arrays = Arena.ofConfined()) {
                int count = set.parts().size();
                MemorySegment handles = arrays.allocate(ADDRESS, Math.max(1, count));
                MemorySegment scales = arrays.allocate(JAVA_FLOAT, Math.max(1, count));
                for (int i = 0; i < count; i++) {
                    handles.setAtIndex(ADDRESS, i, set.parts().get(i).adapter().handle);
                    scales.setAtIndex(JAVA_FLOAT, i, set.parts().get(i).scale());
                }
                return (int) llama.adaptersSet.invoke(context, handles, (long) count, scales);
            }
        });
    }

    @Override
    public void close() {
        NativeCall.call(() -> {
            llama.contextFree.invoke(context);
            threads.close();
            llama.modelFree.invoke(model);
            return true;
        });
        arena.close();
    }
}
