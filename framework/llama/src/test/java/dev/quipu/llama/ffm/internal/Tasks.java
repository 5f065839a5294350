package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.Share;
import dev.quipu.llama.spi.GenerationStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes tasks that no model serves. */
final class Tasks {
    private long arrivals;

    Task of(Share share, Duration deadline, AdapterSet adapters, int... prompt) {
        GenerationRequest request =
                GenerationRequest.of("prompt").withShare(share).withDeadline(deadline);
        GenerationStream stream = new GenerationStream(request, prompt, () -> {});
        return new Task(stream, adapters, Optional.empty(), arrivals++, 0);
    }

    Task of(Share share, int... prompt) {
        return of(share, Duration.ofHours(1), AdapterSet.NONE, prompt);
    }

    Task of(int... prompt) {
        return of(Share.DEFAULT, prompt);
    }

    static AdapterSet adapters(String key) {
        return new AdapterSet(key, List.of());
    }

    static int[] tokens(int from, int count) {
        return IntStream.range(from, from + count).toArray();
    }
}
