package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.quipu.llama.Encoder;
import dev.quipu.llama.EncoderOptions;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** A model that makes vectors, on a thread of its own. */
final class NativeEncoder implements Encoder {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("quipu-encoder").daemon().factory());
    private final Llama llama;
    private final EncoderContext context;
    private final Info info;

    NativeEncoder(Llama llama, EncoderOptions options) {
        this.llama = llama;
        try {
            context = onThread(() -> new EncoderContext(llama, options));
        } catch (RuntimeException e) {
            thread.shutdown();
            throw e;
        }
        info = context.info();
    }

    @Override
    public Info info() {
        return info;
    }

    @Override
    public Encoded encode(List<String> texts) {
        return onThread(() -> computed(texts.stream()
                .map(text -> context.vocabulary().tokenize(text, true, false))
                .toList()));
    }

    @Override
    public Encoded encodePairs(String query, List<String> passages) {
        return onThread(() -> computed(
                passages.stream().map(passage -> context.pair(query, passage)).toList()));
    }

    private Encoded computed(List<int[]> texts) {
        for (int i = 0; i < texts.size(); i++) {
            requireLength(i, texts.get(i).length);
        }
        List<float[]> vectors = new ArrayList<>();
        for (int first = 0; first < texts.size(); first = vectors.size()) {
            pass(texts, first, vectors);
        }
        return new Encoded(vectors, texts.stream().mapToInt(text -> text.length).sum());
    }

    private void requireLength(int index, int tokens) {
        if (tokens == 0) {
            throw new EngineException(EngineError.OPTION, "Text " + index + " has no tokens. Leave empty texts out.");
        }
        if (tokens > info.longest()) {
            throw new EngineException(
                    EngineError.PROMPT_TOO_LONG,
                    "Text " + index + " has " + tokens + " tokens, but this model takes " + info.longest()
                            + ". Cut it into passages.");
        }
    }

    /** As many texts as a pass holds. */
    private void pass(List<int[]> texts, int first, List<float[]> vectors) {
        Batch batch = context.batch();
        batch.clear();
        int count = 0;
        while (first + count < texts.size()
                && count < EncoderContext.SEQUENCES
                && texts.get(first + count).length <= batch.room()) {
            int[] text = texts.get(first + count);
            for (int at = 0; at < text.length; at++) {
                batch.add(text[at], at, count, true);
            }
            count++;
        }
        context.compute();
        for (int sequence = 0; sequence < count; sequence++) {
            vectors.add(vector(sequence));
        }
    }

    private float[] vector(int sequence) {
        MemorySegment found =
                NativeCall.call(() -> (MemorySegment) llama.embeddings.invoke(context.handle(), sequence));
        if (found.address() == 0) {
            throw new EngineException(EngineError.DECODE, "llama.cpp made no vector of a text.");
        }
        return found.reinterpret(4L * info.dimensions()).toArray(JAVA_FLOAT);
    }

    private <T> T onThread(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread).join();
        } catch (RejectedExecutionException e) {
            throw new EngineException(EngineError.CLOSED, "The encoder is closed. Load it again.", e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        if (!thread.isShutdown()) {
            onThread(() -> {
                context.close();
                return true;
            });
            thread.shutdown();
        }
    }
}
