package dev.quipu.llama.quantize;

import dev.quipu.ErrorCode;

/** Failures of quantization. */
public enum QuantizeError implements ErrorCode {
    INPUT("QP-QUANTIZE-001", "The model cannot be quantized; take another file. The message says why."),
    QUANTIZED(
            "QP-QUANTIZE-002",
            "The model is quantized already, and more would be lost; take an F16 file, or allow it with --requantize."),
    OUTPUT("QP-QUANTIZE-003", "The output cannot be written; choose another place, or allow --replace."),
    DISK("QP-QUANTIZE-004", "There is not enough disk space for the output; free some or choose another disk."),
    FAILED("QP-QUANTIZE-005", "llama.cpp did not finish; nothing was written. The message has its last words."),
    CANCELLED("QP-QUANTIZE-006", "The quantization was cancelled; nothing was written.");

    private final String id;
    private final String meaning;

    QuantizeError(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
