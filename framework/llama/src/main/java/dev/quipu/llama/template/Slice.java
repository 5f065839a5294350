package dev.quipu.llama.template;

import org.jspecify.annotations.Nullable;

/** Python's slice: bounds count from the end when negative, and are clipped to the length. */
record Slice(@Nullable Integer start, @Nullable Integer stop, int step) {
    static Slice of(Execution run, @Nullable Value start, @Nullable Value stop, @Nullable Value step) {
        Integer stride = bound(run, step);
        if (stride != null && stride == 0) {
            throw run.failure(TemplateError.WRONG_TYPE, "The step of a slice is zero");
        }
        return new Slice(bound(run, start), bound(run, stop), stride == null ? 1 : stride);
    }

    private static @Nullable Integer bound(Execution run, @Nullable Value value) {
        return value == null || value == Value.None.NONE ? null : Numbers.index(run, value);
    }

    /** The indices that it takes of {@code length} elements, in its order. */
    int[] indices(Execution run, int length) {
        int lowest = step > 0 ? 0 : -1;
        int highest = step > 0 ? length : length - 1;
        long from = clip(start, step > 0 ? lowest : highest, length, lowest, highest);
        long to = clip(stop, step > 0 ? highest : lowest, length, lowest, highest);
        long span = step > 0 ? to - from : from - to;
        long count = span <= 0 ? 0 : (span - 1) / Math.abs((long) step) + 1;
        run.steps(count);
        int[] indices = new int[Math.toIntExact(count)];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = Math.toIntExact(from + (long) i * step);
        }
        return indices;
    }

    private static long clip(@Nullable Integer bound, int absent, int length, int lowest, int highest) {
        if (bound == null) {
            return absent;
        }
        long index = bound < 0 ? (long) bound + length : bound;
        return Math.clamp(index, lowest, Math.max(lowest, highest));
    }
}
