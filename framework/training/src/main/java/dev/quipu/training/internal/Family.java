package dev.quipu.training.internal;

import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The architectures whose layers can be written here. */
enum Family {
    LLAMA(0),
    QWEN2(2),
    QWEN3(2),
    GEMMA3(2);

    private final int ropeMode;

    Family(int ropeMode) {
        this.ropeMode = ropeMode;
    }

    /** As {@link dev.quipu.training.internal.ggml.Rope#mode}. */
    int ropeMode() {
        return ropeMode;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether inputs, and what attention and the inner layer add, are scaled and normed as Gemma's are. */
    boolean gemma() {
        return this == GEMMA3;
    }

    /** @throws TrainingException if it is another */
    static Family of(String architecture) {
        return Arrays.stream(values())
                .filter(f -> f.key().equals(architecture))
                .findFirst()
                .orElseThrow(() -> new TrainingException(
                        TrainingError.MODEL,
                        "The model's architecture is '" + architecture + "', but "
                                + Arrays.stream(values()).map(Family::key).collect(Collectors.joining(", "))
                                + " can be trained."));
    }
}
