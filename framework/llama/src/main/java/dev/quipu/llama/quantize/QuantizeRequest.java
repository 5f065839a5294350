package dev.quipu.llama.quantize;

import java.nio.file.Path;

/**
 * What to quantize.
 *
 * @param input a GGUF model; it must not change meanwhile
 * @param output where the result goes, once it is whole
 * @param requantize whether the input may be quantized already, at a loss
 * @param replace whether a file at the output is replaced
 * @param threads CPU threads; 0 for the processors at hand
 */
public record QuantizeRequest(
        Path input, Path output, Quantization type, boolean requantize, boolean replace, int threads) {
    private static final int MOST_THREADS = 1024;

    public QuantizeRequest {
        input = input.toAbsolutePath().normalize();
        output = output.toAbsolutePath().normalize();
        if (threads < 0 || threads > MOST_THREADS) {
            throw new QuantizeException(
                    QuantizeError.INPUT, "threads is " + threads + ", but has to be from 0 to " + MOST_THREADS + ".");
        }
    }

    /** A careful request: the input has to be unquantized, and nothing is replaced. */
    public static QuantizeRequest of(Path input, Path output, Quantization type) {
        return new QuantizeRequest(input, output, type, false, false, 0);
    }

    public QuantizeRequest withRequantize(boolean value) {
        return new QuantizeRequest(input, output, type, value, replace, threads);
    }

    public QuantizeRequest withReplace(boolean value) {
        return new QuantizeRequest(input, output, type, requantize, value, threads);
    }

    public QuantizeRequest withThreads(int value) {
        return new QuantizeRequest(input, output, type, requantize, replace, value);
    }
}
