package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.FinishReason;
import dev.quipu.llama.spi.GenerationStream;
import dev.quipu.llama.spi.TextAssembler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of the context: the tokens whose cells it holds, and the generation that uses it now. Touched by the decode
 * loop alone.
 */
final class Slot {
    private final int sequence;
    /** Tokens in the KV cache, kept after a generation ends: the next prompt that begins alike need not compute them. */
    private final List<Integer> cells = new ArrayList<>();

    private @Nullable GenerationStream generation;
    private @Nullable SamplerChain sampler;
    private TextAssembler text = new TextAssembler(List.of());
    private int prefilled;
    private int cached;
    private int generated;
    private int pending = -1;
    private long lastUsed;

    /** The place of its output in the running batch, -1 when it has none. */
    int place = -1;

    Slot(int sequence) {
        this.sequence = sequence;
    }

    int sequence() {
        return sequence;
    }

    boolean free() {
        return generation == null;
    }

    long lastUsed() {
        return lastUsed;
    }

    int cellCount() {
        return cells.size();
    }

    GenerationStream generation() {
        return java.util.Objects.requireNonNull(generation);
    }

    SamplerChain sampler() {
        return java.util.Objects.requireNonNull(sampler);
    }

    TextAssembler text() {
        return text;
    }

    /** Tokens of a prompt's beginning that the cells hold already, never all of it: its last token has to be computed. */
    int sharedWith(int[] prompt) {
        int shared = 0;
        while (shared < cells.size() && shared < prompt.length - 1 && cells.get(shared) == prompt[shared]) {
            shared++;
        }
        return shared;
    }

    void start(GenerationStream next, SamplerChain chain, int shared) {
        generation = next;
        sampler = chain;
        text = new TextAssembler(next.request().stop());
        cells.subList(shared, cells.size()).clear();
        prefilled = shared;
        cached = shared;
        generated = 0;
        pending = -1;
        next.scheduled();
    }

    boolean prefilling() {
        return prefilled < generation().prompt().length;
    }

    boolean mayDecode() {
        return !prefilling() && pending >= 0 && generation().wanted();
    }

    /** Puts the next piece of the prompt into a batch and returns how many tokens it has. */
    int addPrompt(Batch batch, int most) {
        int[] prompt = generation().prompt();
        int count = Math.min(most, prompt.length - prefilled);
        for (int i = 0; i < count; i++) {
            boolean last = prefilled + i == prompt.length - 1;
            int at = batch.add(prompt[prefilled + i], prefilled + i, sequence, last);
            if (last) {
                place = at;
            }
            cells.add(prompt[prefilled + i]);
        }
        prefilled += count;
        return count;
    }

    /** Puts the token that was drawn last into a batch. */
    void addPending(Batch batch) {
        place = batch.add(pending, cells.size(), sequence, true);
        cells.add(pending);
        pending = -1;
    }

    void drawn(int token) {
        pending = token;
        generated++;
    }

    int generated() {
        return generated;
    }

    /** Ends the generation; the cells stay for the next prompt. */
    void finish(FinishReason reason, long now) {
        generation().finish(reason, cached, generated);
        release(now);
    }

    void release(long now) {
        if (sampler != null) {
            sampler.close();
        }
        sampler = null;
        generation = null;
        pending = -1;
        place = -1;
        lastUsed = now;
    }

    /** Forgets the cells, after they were removed from the cache. */
    void forget() {
        cells.clear();
    }
}
