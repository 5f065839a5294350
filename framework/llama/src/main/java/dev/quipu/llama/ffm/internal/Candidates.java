package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

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
        MemorySegment logits = logits(context, place);
        for (int i = 0; i < capacity; i++) {
            put(i, i, logits.getAtIndex(JAVA_FLOAT, i));
        }
        reset(capacity);
    }

    /** Takes some of the vocabulary. */
    void fill(MemorySegment context, int place, BitSet tokens) {
        MemorySegment logits = logits(context, place);
        int size = 0;
        for (int token = tokens.nextSetBit(0); token >= 0; token = tokens.nextSetBit(token + 1)) {
            put(size++, token, logits.getAtIndex(JAVA_FLOAT, token));
        }
        reset(size);
    }

    private MemorySegment logits(MemorySegment context, int place) {
        return NativeCall.call(() -> (MemorySegment) llama.logits.invokeExact(context, place))
                .reinterpret(4L * capacity);
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

    /** The token that a chain of samplers selects. */
    int draw(MemorySegment chain) {
        NativeCall.call(() -> {
            llama.samplerApply.invokeExact(chain, array);
            return true;
        });
        long selected = array.get(JAVA_LONG, SELECTED);
        if (selected < 0 || selected >= array.get(JAVA_LONG, SIZE)) {
            throw new IllegalStateException("the samplers selected " + selected);
        }
        // A sampler may have put its own memory in the place of ours.
        return array.get(ADDRESS, 0).reinterpret(STRIDE * (selected + 1)).get(JAVA_INT, STRIDE * selected);
    }
}
