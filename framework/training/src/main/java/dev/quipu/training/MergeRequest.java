package dev.quipu.training;

import dev.quipu.llama.quantize.Quantization;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to merge.
 *
 * @param base a GGUF model; it must not change meanwhile
 * @param adapter a LoRA adapter for it
 * @param output where the merged model goes, once it is whole
 * @param type what the whole model is brought to; empty for each weight in the type that it has
 * @param scale how much the adapter counts; 1 for as it was trained
 * @param replace whether a file at the output is replaced
 * @param threads CPU threads
 */
public record MergeRequest(
        Path base, Path adapter, Path output, Optional<Quantization> type, float scale, boolean replace, int threads) {
    public MergeRequest {
        base = base.toAbsolutePath().normalize();
        adapter = adapter.toAbsolutePath().normalize();
        output = output.toAbsolutePath().normalize();
        Ranges.require(Float.isFinite(scale) && scale != 0, "the scale is " + scale + ", but has to be another number");
        Ranges.require(threads >= 1 && threads <= 1024, "threads is " + threads + ", but has to be from 1 to 1024");
    }

    /** Into the base's own types, with nothing replaced. */
    public static MergeRequest of(Path base, Path adapter, Path output) {
        return new MergeRequest(
                base,
                adapter,
                output,
                Optional.empty(),
                1,
                false,
                Runtime.getRuntime().availableProcessors());
    }

    public MergeRequest withType(Quantization value) {
        return new MergeRequest(base, adapter, output, Optional.of(value), scale, replace, threads);
    }

    public MergeRequest withScale(float value) {
        return new MergeRequest(base, adapter, output, type, value, replace, threads);
    }

    public MergeRequest withReplace(boolean value) {
        return new MergeRequest(base, adapter, output, type, scale, value, threads);
    }

    public MergeRequest withThreads(int value) {
        return new MergeRequest(base, adapter, output, type, scale, replace, value);
    }
}
