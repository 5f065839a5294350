package dev.quipu.llama.quantize;

import dev.quipu.QuipuException;
import org.jspecify.annotations.Nullable;

/** A failure of quantization. The output's place is as it was before. */
public final class QuantizeException extends QuipuException {
    private static final long serialVersionUID = 1L;

    public QuantizeException(QuantizeError code, String detail) {
        this(code, detail, null);
    }

    public QuantizeException(QuantizeError code, String detail, @Nullable Throwable cause) {
        super(code, detail, cause);
    }
}
