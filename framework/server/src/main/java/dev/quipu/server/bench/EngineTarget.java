package dev.quipu.server.bench;

import dev.quipu.QuipuException;
import dev.quipu.llama.Engine;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import java.time.Duration;

/** The engine in this process, through its public interface. Its reader's clock counts, not the engine's own. */
record EngineTarget(Engine engine) implements Target {
    @Override
    public Outcome ask(Ask ask) {
        return ask(GenerationRequest.of(ask.prompt()).withMaxTokens(ask.maxTokens()));
    }

    /** A generation that nobody reads piece by piece. */
    GenerationResult whole(GenerationRequest request) {
        try (Generation generation = engine.generate(request)) {
            return generation.await();
        } catch (QuipuException e) {
            throw new BenchException(BenchError.PEER, "The engine failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw BenchException.interrupted(e);
        }
    }

    /** Milliseconds between the tokens of a generation, by the engine's clock. */
    static double betweenTokens(GenerationResult result) {
        Duration time = result.timings().total().minus(result.timings().toFirstToken());
        return time.toNanos() / 1e6 / Math.max(1, result.outputTokens() - 1);
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
