package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Tokens with their logits as samplers see them ({@code llama_token_data_array}). */
final class Candidates {
    private static final long STRIDE = Layouts.TOKEN_DATA.byteSize();
    private static final long LOGIT = Layouts.offset(Layouts.TOKEN_DATA, "logit");
    private static final long SELECTED = Layouts.offset(Layouts.TOKEN_ARRAY, "selected");
    private static final long SIZE = Layouts.offset(Layouts.TOKEN_ARRAY, "size");

    private final Llama llama;
    private final int capacity;
    private final MemorySegment data;
    private final MemorySegment array;

    Candidates(Llama llama, Arena arena, int capacity) {
        this.llama = llama;
        this.capacity = capacity;
        data = arena.allocate(STRIDE * capacity, 8);
        array = arena.allocate(Layouts.TOKEN_ARRAY);
    }

    /** Takes the whole vocabulary with the logits at a place of the last batch. */
    void fill(MemorySegment context, int place) {
        MemorySegment logits = NativeCall.call(() -> (MemorySegment) llama.logits.invokeExact(context, place))
                .reinterpret(4L * capacity);
        for (int i = 0; i < capacity; i++) {
            put(i, i, logits.getAtIndex(JAVA_FLOAT, i));
        }
        reset(capacity);
    }

    /** Takes one token. */
    void only(int token) {
        put(0, token, 1);
        reset(1);
    }

    private void put(int at, int token, float logit) {
        data.set(JAVA_INT, STRIDE * at, token);
        data.set(JAVA_FLOAT, STRIDE * at + LOGIT, logit);
    }

    private void reset(int size) {
        array.set(ADDRESS, 0, data);
        array.set(JAVA_LONG, SIZE, size);
        array.set(JAVA_LONG, SELECTED, -1);
        array.set(JAVA_LONG, SELECTED + 8, 0);
    }

    /** Whether any token is still possible. */
    boolean any() {
        long size = array.get(JAVA_LONG, SIZE);
        for (int i = 0; i < size; i++) {
            if (data.get(JAVA_FLOAT, STRIDE * i + LOGIT) != Float.NEGATIVE_INFINITY) {
                return true;
            }
        }
        return false;
    }

    void apply(MemorySegment sampler) {
        NativeCall.call(() -> {
            llama.samplerApply.invokeExact(sampler, array);
            return true;
        });
    }

    /** The token that a chain of samplers selects. */
    int draw(MemorySegment chain) {
        apply(chain);
        long selected = array.get(JAVA_LONG, SELECTED);
        if (selected < 0 || selected >= array.get(JAVA_LONG, SIZE)) {
            throw new IllegalStateException("the samplers selected " + selected);
        }
        // A sampler may have put its own memory in the place of ours.
        return array.get(ADDRESS, 0).reinterpret(STRIDE * (selected + 1)).get(JAVA_INT, STRIDE * selected);
    }
}
