package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.gguf.AdapterCheck;
import dev.quipu.llama.gguf.GgufException;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.ModelCheck;
import dev.quipu.llama.natives.NativeBundle;
import dev.quipu.llama.natives.NativeCache;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A model that reads windows of tokens and shows its logits. For one thread, but for the logits themselves. */
public final class LogitReader implements AutoCloseable {
    private static final int SEQUENCE = 0;

    private final Llama llama;
    private final NativeContext context;
    private final Batch batch;
    private final int begin;
    private final List<MemorySegment> rows = new ArrayList<>();

    private LogitReader(Llama llama, EngineOptions options) {
        this.llama = llama;
        this.context = new NativeContext(llama, options);
        this.batch = new Batch(context.arena(), options.batchSize());
        this.begin = NativeCall.call(this::tokenThatBegins);
    }

    /** @throws EngineException if the model does not load */
    public static LogitReader open(Path model, int window, int threads) {
        try {
            ModelCheck.require(model);
        } catch (GgufException e) {
            throw new EngineException(EngineError.MODEL, model + " is not loaded: " + e.getMessage(), e);
        }
        Llama llama = Llama.load(NativeBundle.locate(NativeCache.folder(), Layouts.RELEASES));
        return new LogitReader(
                llama,
                EngineOptions.builder(model)
                        .contextSize(window)
                        .batchSize(window)
                        .sequences(1)
                        .threads(threads)
                        .build());
    }

    /** @throws EngineException if the model does not load, or the adapter is not one of this model */
    public static LogitReader open(Path model, Path adapter, float scale, int window, int threads) {
        try {
            AdapterCheck.require(adapter, GgufFile.read(model));
        } catch (GgufException e) {
            throw new EngineException(EngineError.ADAPTER, adapter + " is not loaded: " + e.getMessage(), e);
        }
        LogitReader reader = open(model, window, threads);
        try {
            reader.adapt(adapter, scale);
            return reader;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** The adapter is freed with the model. */
    private void adapt(Path adapter, float scale) {
        String name = adapter.toString();
        LoadedAdapter loaded = new LoadedAdapter(name, name, context.loadAdapter(adapter));
        context.use(new AdapterSet(name, List.of(new AdapterSet.Part(loaded, scale))));
    }

    /** The token that begins a text, -1 where the model wants none. */
    private int tokenThatBegins() throws Throwable {
        MemorySegment vocab = context.vocabulary().handle();
        return (boolean) llama.vocabAddsBos.invoke(vocab) ? (int) llama.vocabBos.invoke(vocab) : -1;
    }

    public int vocabulary() {
        return context.vocabulary().size();
    }

    public int[] tokenize(String text) {
        return context.vocabulary().tokenize(text, true, true);
    }

    /** Reads a window from nothing, and keeps the logits from its token {@code first} on. */
    public void read(int[] tokens, int first) {
        context.cut(SEQUENCE, 0);
        batch.clear();
        for (int i = 0; i < tokens.length; i++) {
            batch.add(i == 0 && begin >= 0 ? begin : tokens[i], i, SEQUENCE, i >= first);
        }
        int code = context.decode(batch);
        if (code != 0) {
            throw new EngineException(
                    EngineError.DECODE,
                    "llama.cpp refused a window of " + tokens.length + " tokens with code " + code + ".");
        }
        rows.clear();
        for (int i = first; i < tokens.length; i++) {
            int at = i;
            // llama.cpp may sort its outputs when it is asked for them, so only this thread asks.
            rows.add(NativeCall.call(() -> (MemorySegment) llama.logits.invokeExact(context.handle(), at))
                    .reinterpret(4L * vocabulary()));
        }
    }

    /**
     * The logits after a token of the last window, a copy. Any thread may ask.
     *
     * @param at counted from the first that was kept
     */
    public float[] logits(int at) {
        return rows.get(at).toArray(JAVA_FLOAT);
    }

    @Override
    public void close() {
        context.close();
    }
}
