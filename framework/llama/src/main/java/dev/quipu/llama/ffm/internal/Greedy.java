package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * The likeliest token, read from the logits where they lie. llama.cpp's samplers would first copy each of the vocabulary
 * into a structure, which for a small model is a noticeable part of a pass.
 */
record Greedy(Llama llama, int vocabulary) {
    /** The first of the largest logits at a place of the last batch. */
    int token(MemorySegment context, int place) {
        MemorySegment logits = NativeCall.call(() -> (MemorySegment) llama.logits.invokeExact(context, place))
                .reinterpret(4L * vocabulary);
        int token = 0;
        float best = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < vocabulary; i++) {
            float logit = logits.getAtIndex(JAVA_FLOAT, i);
            if (logit > best) {
                best = logit;
                token = i;
            }
        }
        return token;
    }
}
