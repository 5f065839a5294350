package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.Share;
import dev.quipu.llama.spi.GenerationStream;
import dev.quipu.llama.spi.TextAssembler;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A generation on its way through the engine. It may lose its sequence and get another: what was drawn stays, and is
 * computed again like a prompt. For the loop's thread, once it was submitted.
 */
final class Task {
    private final GenerationStream stream;
    private final AdapterSet adapters;
    private final Optional<SpilledPrefix> spilled;
    private final long arrival;
    private final long deadline;
    private final TextAssembler text;
    private int[] tokens;
    private int length;
    private int generated;
    private int cached;
    private int accounted;
    private boolean started;

    private @Nullable SamplerChain sampler;
    private @Nullable Held held;

    /** The place of its output in the running batch, -1 when it has none. */
    int place = -1;
    /** When its last token was drawn, 0 when its reader kept it waiting since. */
    long drawnAt;

    Task(GenerationStream stream, AdapterSet adapters, Optional<SpilledPrefix> spilled, long arrival, long now) {
        this.stream = stream;
        this.adapters = adapters;
        this.spilled = spilled;
        this.arrival = arrival;
        this.deadline = now + stream.nanosLeft();
        this.text = new TextAssembler(stream.request().stop());
        this.tokens = stream.prompt();
        this.length = tokens.length;
    }

    GenerationStream stream() {
        return stream;
    }

    AdapterSet adapters() {
        return adapters;
    }

    Optional<SpilledPrefix> spilled() {
        return spilled;
    }

    Share share() {
        return stream.request().share();
    }

    long arrival() {
        return arrival;
    }

    /** In nanoseconds of the loop's clock. */
    long deadline() {
        return deadline;
    }

    TextAssembler text() {
        return text;
    }

    /** All tokens so far: those of the prompt, and those drawn. */
    int[] tokens() {
        return Arrays.copyOf(tokens, length);
    }

    int length() {
        return length;
    }

    int token(int at) {
        return tokens[at];
    }

    int generated() {
        return generated;
    }

    int cached() {
        return cached;
    }

    /** Whether it ever had a sequence. */
    boolean started() {
        return started;
    }

    boolean hasSampler() {
        return sampler != null;
    }

    SamplerChain sampler() {
        return Objects.requireNonNull(sampler);
    }

    void sampler(SamplerChain chain) {
        sampler = chain;
    }

    boolean running() {
        return held != null;
    }

    Held held() {
        return Objects.requireNonNull(held);
    }

    void hold(Held sequence) {
        held = sequence;
        started = true;
    }

    void letGo() {
        held = null;
        place = -1;
    }

    void drawn(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length + Math.max(64, length / 2));
        }
        tokens[length++] = token;
        generated++;
    }

    /** Counts tokens of the prompt that need not be computed, up to a position; never one twice. */
    int found(int upTo) {
        int more = account(upTo);
        cached += more;
        return more;
    }

    /** Counts tokens of the prompt that were computed, up to a position; never one twice. */
    int account(int upTo) {
        int more = Math.max(0, Math.min(upTo, stream.prompt().length) - accounted);
        accounted += more;
        return more;
    }

    /** Frees what it has of native memory but its sequence. */
    void close() {
        if (sampler != null) {
            sampler.close();
            sampler = null;
        }
    }
}
