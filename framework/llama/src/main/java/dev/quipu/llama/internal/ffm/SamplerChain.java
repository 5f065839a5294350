package dev.quipu.llama.internal.ffm;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.Sampling;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/** The samplers of one request: grammar, penalties, truncation, temperature, draw, in llama.cpp's own order. */
final class SamplerChain implements AutoCloseable {
    private final Llama llama;
    private final MemorySegment chain;

    private SamplerChain(Llama llama, MemorySegment chain) {
        this.llama = llama;
        this.chain = chain;
    }

    static SamplerChain of(Llama llama, Vocabulary vocabulary, Sampling sampling, String grammar) {
        return NativeCall.call(() -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment params = (MemorySegment) llama.samplerDefaults.invoke((SegmentAllocator) arena);
                SamplerChain made = new SamplerChain(llama, (MemorySegment) llama.samplerChain.invoke(params));
                try {
                    made.fill(arena, vocabulary, sampling, grammar);
                } catch (Throwable e) {
                    made.close();
                    throw e;
                }
                return made;
            }
        });
    }

    private void fill(Arena arena, Vocabulary vocabulary, Sampling s, String grammar) throws Throwable {
        if (!grammar.isEmpty()) {
            MemorySegment sampler = (MemorySegment) llama.samplerGrammar.invoke(
                    vocabulary.handle(), arena.allocateFrom(grammar), arena.allocateFrom("root"));
            if (sampler.address() == 0) {
                throw new EngineException(
                        EngineError.GRAMMAR, "llama.cpp cannot build the grammar. It starts with: " + start(grammar));
            }
            add(sampler);
        }
        if (s.penalises()) {
            add((MemorySegment) llama.samplerPenalties.invoke(
                    vocabulary.size(),
                    s.penaltyWindow(),
                    s.repetitionPenalty(),
                    s.frequencyPenalty(),
                    s.presencePenalty()));
        }
        if (s.temperature() == 0) {
            add((MemorySegment) llama.samplerGreedy.invoke());
            return;
        }
        if (s.topK() > 0) {
            add((MemorySegment) llama.samplerTopK.invoke(s.topK()));
        }
        if (s.topP() < 1) {
            add((MemorySegment) llama.samplerTopP.invoke(s.topP(), 1L));
        }
        if (s.minP() > 0) {
            add((MemorySegment) llama.samplerMinP.invoke(s.minP(), 1L));
        }
        add((MemorySegment) llama.samplerTemperature.invoke(s.temperature()));
        add((MemorySegment) llama.samplerDistribution.invoke(s.seed()));
    }

    private static String start(String grammar) {
        return grammar.substring(0, Math.min(80, grammar.length())).replace('\n', ' ');
    }

    private void add(MemorySegment sampler) throws Throwable {
        llama.samplerAdd.invoke(chain, sampler);
    }

    /** The next token after the one whose logits stand at {@code place} of the last batch. */
    int sample(MemorySegment context, int place) {
        return NativeCall.call(() -> (int) llama.samplerSample.invokeExact(chain, context, place));
    }

    @Override
    public void close() {
        NativeCall.call(() -> {
            llama.samplerFree.invoke(chain);
            return true;
        });
    }
}
