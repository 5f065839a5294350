package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.quipu.llama.Encoder;
import dev.quipu.llama.EncoderOptions;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.Pooling;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;

/** A model and a context that makes a vector of each sequence of a batch. Made, used and freed on one thread. */
final class EncoderContext implements AutoCloseable {
    /** Texts that share a pass. */
    static final int SEQUENCES = 64;

    private static final int DEFAULT_LONGEST = 2048;

    private final Llama llama;
    private final EncoderOptions options;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment model;
    private final MemorySegment context;
    private final MemorySegment memory;
    private final CpuThreads threads;
    private final Vocabulary vocabulary;
    private final String pairForm;
    private final Batch batch;
    private final int longest;

    EncoderContext(Llama llama, EncoderOptions options) {
        this.llama = llama;
        this.options = options;
        this.model = NativeCall.call(this::loadModel);
        try {
            this.vocabulary = new Vocabulary(llama, model);
            this.longest = longest();
            int capacity = Math.max(options.batchSize(), longest);
            this.context = NativeCall.call(() -> newContext(capacity));
            this.batch = new Batch(arena, capacity);
        } catch (RuntimeException e) {
            free(llama.modelFree, model);
            throw e;
        }
        this.threads = CpuThreads.attach(llama, context, threads());
        this.memory = NativeCall.call(() -> (MemorySegment) llama.contextMemory.invoke(context));
        this.pairForm = NativeCall.call(() ->
                Llama.string((MemorySegment) llama.modelChatTemplate.invoke(model, arena.allocateFrom("rerank"))));
        requirePooling();
    }

    private MemorySegment loadModel() throws Throwable {
        MemorySegment params = (MemorySegment) llama.modelDefaults.invoke((SegmentAllocator) arena);
        params.set(JAVA_INT, Layouts.offset(Layouts.MODEL_PARAMS, "n_gpu_layers"), options.gpuLayers());
        MemorySegment loaded = (MemorySegment)
                llama.modelLoad.invoke(arena.allocateFrom(options.model().toString()), params);
        if (loaded.address() == 0) {
            throw new EngineException(
                    EngineError.MODEL, "llama.cpp cannot load " + options.model() + "; its log says why.");
        }
        return loaded;
    }

    private int longest() {
        int trained = NativeCall.call(() -> (int) llama.modelTrainedContext.invoke(model));
        if (options.longest() > trained) {
            throw new EngineException(
                    EngineError.OPTION,
                    "longest is " + options.longest() + ", but the model was trained on " + trained
                            + " tokens. Lower it.");
        }
        return options.longest() == 0 ? Math.min(DEFAULT_LONGEST, trained) : options.longest();
    }

    private MemorySegment newContext(int capacity) throws Throwable {
        MemorySegment params = (MemorySegment) llama.contextDefaults.invoke((SegmentAllocator) arena);
        set(params, "n_ctx", capacity);
        set(params, "n_batch", capacity);
        set(params, "n_ubatch", capacity);
        set(params, "n_seq_max", SEQUENCES);
        set(params, "n_threads", threads());
        set(params, "n_threads_batch", threads());
        set(params, "pooling_type", options.pooling().number());
        params.set(JAVA_BOOLEAN, Layouts.offset(Layouts.CONTEXT_PARAMS, "embeddings"), true);
        params.set(JAVA_BOOLEAN, Layouts.offset(Layouts.CONTEXT_PARAMS, "kv_unified"), true);
        MemorySegment made = (MemorySegment) llama.contextNew.invoke(model, params);
        if (made.address() == 0) {
            throw new EngineException(
                    EngineError.MODEL,
                    "llama.cpp cannot make a context of " + capacity + " tokens for " + options.model()
                            + "; its log says why.");
        }
        return made;
    }

    private static void set(MemorySegment params, String field, int value) {
        params.set(JAVA_INT, Layouts.offset(Layouts.CONTEXT_PARAMS, field), value);
    }

    private int threads() {
        return options.threads() == 0
                ? Math.min(Runtime.getRuntime().availableProcessors(), CpuThreads.MOST)
                : options.threads();
    }

    private void requirePooling() {
        if (number() <= 0) {
            close();
            throw new EngineException(
                    EngineError.OPTION,
                    options.model() + " does not say how its vectors are pooled. Choose MEAN, CLS or LAST as its"
                            + " makers do.");
        }
    }

    private int number() {
        return NativeCall.call(() -> (int) llama.contextPooling.invoke(context));
    }

    Encoder.Info info() {
        int number = number();
        Pooling pooling = Arrays.stream(Pooling.values())
                .filter(p -> p.number() == number)
                .findFirst()
                .orElseThrow();
        int dimensions = NativeCall.call(() ->
                pooling == Pooling.RANK ? (int) llama.modelLabels.invoke(model) : (int) llama.modelWidth.invoke(model));
        MemorySegment text = arena.allocate(256);
        NativeCall.call(() -> (int) llama.modelDescription.invoke(model, text, 256L));
        return new Encoder.Info(text.getString(0), dimensions, longest, pooling);
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** A query and a passage in the form that the model's file gives for them, or else in the usual one. */
    int[] pair(String query, String passage) {
        return pairForm.isEmpty()
                ? vocabulary.pair(query, passage)
                : vocabulary.tokenize(pairForm.replace("{query}", query).replace("{document}", passage), false, true);
    }

    Batch batch() {
        return batch;
    }

    MemorySegment handle() {
        return context;
    }

    /** Computes what is in the batch, each of its sequences by itself. */
    void compute() {
        int rc = NativeCall.call(() -> {
            if (memory.address() != 0) {
                llama.memoryClear.invoke(memory, true);
            }
            return (int) llama.decode.invoke(context, batch.struct());
        });
        if (rc != 0) {
            throw new EngineException(
                    EngineError.DECODE, "llama.cpp refused " + batch.size() + " tokens of texts with code " + rc + ".");
        }
    }

    private static void free(java.lang.invoke.MethodHandle function, MemorySegment what) {
        NativeCall.call(() -> {
            function.invoke(what);
            return true;
        });
    }

    @Override
    public void close() {
        free(llama.contextFree, context);
        threads.close();
        free(llama.modelFree, model);
        arena.close();
    }
}
