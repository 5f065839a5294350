package dev.quipu.server;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineCapabilities;
import dev.quipu.llama.EngineCounters;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import dev.quipu.llama.ModelInfo;
import dev.quipu.llama.TokenLikelihood;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An engine for one request that keeps the probabilities of its tokens, for which LangChain4j's responses have no place,
 * and that ends what it generates when it is told to. It does not own the engine.
 */
final class WatchedEngine implements Engine {
    private final Engine engine;
    private final Queue<TokenLikelihood> seen = new ConcurrentLinkedQueue<>();
    private volatile Optional<Generation> current = Optional.empty();
    private volatile boolean cancelled;

    WatchedEngine(Engine engine) {
        this.engine = engine;
    }

    /** Those since the last call. */
    List<TokenLikelihood> likelihoods() {
        List<TokenLikelihood> drained = new ArrayList<>();
        seen.removeIf(drained::add);
        return drained;
    }

    @Override
    public EngineCapabilities capabilities() {
        return engine.capabilities();
    }

    @Override
    public EngineCounters counters() {
        return engine.counters();
    }

    @Override
    public ModelInfo model() {
        return engine.model();
    }

    @Override
    public int[] tokenize(String text, boolean special) {
        return engine.tokenize(text, special);
    }

    @Override
    public String detokenize(int[] tokens, boolean special) {
        return engine.detokenize(tokens, special);
    }

    @Override
    public String chatPrompt(List<ChatMessage> messages, List<ToolSpecification> tools) {
        return engine.chatPrompt(messages, tools);
    }

    @Override
    public String infillPrompt(String prefix, String suffix) {
        return engine.infillPrompt(prefix, suffix);
    }

    @Override
    public boolean infills() {
        return engine.infills();
    }

    @Override
    public Generation generate(GenerationRequest request) {
        Generation generation = engine.generate(request);
        current = Optional.of(generation);
        if (cancelled) {
            generation.cancel();
        }
        return new Watched(generation, seen);
    }

    /** Ends what it generates, also while that waits for its turn, and whatever it is asked to generate later. */
    void cancel() {
        cancelled = true;
        current.ifPresent(Generation::cancel);
    }

    @Override
    public void close() {
        // The engine belongs to others.
    }

    private record Watched(Generation generation, Queue<TokenLikelihood> seen) implements Generation {
        @Override
        public Optional<String> next() throws InterruptedException {
            Optional<String> piece = generation.next();
            seen.addAll(generation.likelihoods());
            return piece;
        }

        @Override
        public GenerationResult await() throws InterruptedException {
            GenerationResult result = generation.await();
            seen.addAll(generation.likelihoods());
            return result;
        }

        @Override
        public void cancel() {
            generation.cancel();
        }

        @Override
        public void close() {
            generation.close();
        }
    }
}
