package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.Sampling;
import dev.quipu.llama.TokenLikelihood;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.BitSet;
import java.util.Optional;

/** The samplers of one request: penalties, truncation, temperature, draw; and its grammar. For the loop's thread. */
final class SamplerChain implements AutoCloseable {
    private final Llama llama;
    private final MemorySegment chain;
    private final Optional<GrammarSampler> grammar;
    private final Arena arena = Arena.ofConfined();
    private final Candidates candidates;
    private final Optional<Greedy> greedy;

    private final Likelihoods likelihoods;

    private SamplerChain(
            Llama llama,
            MemorySegment chain,
            Optional<GrammarSampler> grammar,
            int vocabulary,
            Sampling sampling,
            Likelihoods likelihoods) {
        this.llama = llama;
        this.chain = chain;
        this.grammar = grammar;
        this.candidates = new Candidates(llama, arena, grammar.isPresent() ? vocabulary : 1);
        this.likelihoods = likelihoods;
        boolean likeliest = sampling.temperature() == 0 && !sampling.penalises() && grammar.isEmpty();
        this.greedy = likeliest ? Optional.of(new Greedy(llama, vocabulary)) : Optional.empty();
    }

    /** How likely a token was that was drawn at a place of the last batch, where the request asks for it. */
    Optional<TokenLikelihood> likelihood(MemorySegment context, int place, int token) {
        return likelihoods.of(context, place, token);
    }

    static SamplerChain of(Llama llama, Vocabulary vocabulary, Sampling sampling, String grammar, int[] prompt) {
        Optional<GrammarSampler> bound =
                grammar.isEmpty() ? Optional.empty() : Optional.of(new GrammarSampler(vocabulary.under(grammar)));
        Likelihoods likelihoods = new Likelihoods(llama, vocabulary, sampling.reported());
        return NativeCall.call(() -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment params = (MemorySegment) llama.samplerDefaults.invoke((SegmentAllocator) arena);
                SamplerChain made = new SamplerChain(
                        llama,
                        (MemorySegment) llama.samplerChain.invoke(params),
                        bound,
                        vocabulary.size(),
                        sampling,
                        likelihoods);
                made.fill(vocabulary, sampling, prompt);
                return made;
            }
        });
    }

    private void fill(Vocabulary vocabulary, Sampling s, int[] prompt) throws Throwable {
        if (s.penalises()) {
            MemorySegment penalties = (MemorySegment) llama.samplerPenalties.invoke(
                    vocabulary.size(),
                    s.penaltyWindow(),
                    s.repetitionPenalty(),
                    s.frequencyPenalty(),
                    s.presencePenalty());
            add(penalties);
            for (int i = Math.max(0, prompt.length - s.penaltyWindow()); i < prompt.length; i++) {
                llama.samplerAccept.invoke(penalties, prompt[i]);
            }
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

    private void add(MemorySegment sampler) throws Throwable {
        llama.samplerAdd.invoke(chain, sampler);
    }

    /**
     * The next token after the one whose logits stand at {@code place} of the last batch.
     *
     * @throws EngineException if the grammar leaves no token
     */
    int sample(MemorySegment context, int place) {
        if (greedy.isPresent()) {
            return greedy.get().token(context, place);
        }
        if (grammar.isEmpty()) {
            return NativeCall.call(() -> (int) llama.samplerSample.invokeExact(chain, context, place));
        }
        return bound(grammar.get(), context, place);
    }

    /** Whether the output is bound: then control tokens count as the text that the grammar holds. */
    boolean bound() {
        return grammar.isPresent();
    }

    /** Whether the grammar leaves nothing to follow. */
    boolean finished() {
        return grammar.isPresent() && grammar.get().finished();
    }

    /**
     * Draws freely first and asks the grammar about that one token: it mostly agrees. Only a token that it refuses is
     * drawn again, from those that it allows.
     */
    private int bound(GrammarSampler rules, MemorySegment context, int place) {
        candidates.fill(context, place);
        int token = candidates.draw(chain);
        if (!rules.allows(token)) {
            BitSet allowed = rules.allowed();
            if (allowed.isEmpty()) {
                throw new EngineException(
                        EngineError.GRAMMAR,
                        "No token of the model fits the grammar at this place. Correct the grammar; the text so far is"
                                + " not whole.");
            }
            candidates.fill(context, place, allowed);
            token = candidates.draw(chain);
        }
        int drawn = token;
        rules.accept(drawn);
        NativeCall.call(() -> {
            llama.samplerAccept.invoke(chain, drawn);
            return true;
        });
        return drawn;
    }

    @Override
    public void close() {
        NativeCall.call(() -> {
            llama.samplerFree.invoke(chain);
            return true;
        });
        arena.close();
    }
}
