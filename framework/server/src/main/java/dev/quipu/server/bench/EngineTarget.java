package dev.quipu.server.bench;

import dev.quipu.QuipuException;
import dev.quipu.llama.Engine;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;

/** The engine in this process, through its public interface. Its reader's clock counts, not the engine's own. */
record EngineTarget(Engine engine) implements Target {
    @Override
    public Outcome ask(Ask ask) {
        return ask(GenerationRequest.of(ask.prompt()).withMaxTokens(ask.maxTokens()));
    }

    Outcome ask(GenerationRequest request) {
        long start = System.nanoTime();
        try (Generation generation = engine.generate(request)) {
            boolean any = generation.next().isPresent();
            long first = System.nanoTime();
            while (any && generation.next().isPresent()) {
                // Reading on makes room for more.
            }
            GenerationResult result = generation.await();
            long end = System.nanoTime();
            return new Outcome(
                    (first - start) / 1e9, (end - start) / 1e9, result.promptTokens(), result.outputTokens(), "");
        } catch (QuipuException e) {
            return Outcome.failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw BenchException.interrupted(e);
        }
    }
}
