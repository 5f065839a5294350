package dev.quipu.server;

import dev.langchain4j.data.message.ChatMessage;
import dev.quipu.kg.cypher.QueryWriter;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.Sampling;
import java.time.Duration;
import java.util.List;

/** The loaded model as a writer of queries, bound to their grammar. */
record EngineQueryWriter(Engine engine, Duration deadline) implements QueryWriter {
    @Override
    public String write(List<ChatMessage> conversation, String grammar) {
        GenerationRequest request = new GenerationRequest(
                engine.chatPrompt(conversation), Sampling.GREEDY, MOST_TOKENS, List.of(), grammar, deadline);
        try (Generation generation = engine.generate(request)) {
            return generation.await().text();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineError.DEADLINE, "The caller was interrupted while it waited.", e);
        }
    }
}
