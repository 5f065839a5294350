package dev.quipu.llama;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An engine as LangChain4j's chat model, whole and streaming. Thread-safe; the engine stays the caller's to close.
 *
 * <p>JSON response formats are bound by a grammar. Streaming runs on a virtual thread, and a slow handler slows the
 * decoding.
 */
public final class LlamaChatModel implements ChatModel, StreamingChatModel {
    private final Engine engine;
    private final ChatRequests requests;
    private final String name;
    private final List<ChatModelListener> listeners;

    private LlamaChatModel(
            Engine engine, String name, Sampling sampling, Duration deadline, List<ChatModelListener> listeners) {
        this.engine = engine;
        this.name = name;
        this.listeners = List.copyOf(listeners);
        this.requests = new ChatRequests(engine, name, sampling, deadline);
    }

    /** A model with balanced sampling and a deadline of five minutes a request. */
    public static LlamaChatModel of(Engine engine, String name) {
        return new LlamaChatModel(engine, name, Sampling.BALANCED, Duration.ofMinutes(5), List.of());
    }

    /** The same model with other defaults. */
    public LlamaChatModel with(Sampling sampling, Duration deadline) {
        return new LlamaChatModel(engine, name, sampling, deadline, listeners);
    }

    /** The same model with listeners. */
    public LlamaChatModel withListeners(List<ChatModelListener> heard) {
        return new LlamaChatModel(engine, name, Sampling.BALANCED, Duration.ofMinutes(5), heard);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        try (Generation generation = engine.generate(requests.request(request))) {
            return requests.response(generation.await());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineError.DEADLINE, "The caller was interrupted while it waited.", e);
        }
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Generation generation = engine.generate(requests.request(request));
        Thread.ofVirtual().name("quipu-stream").start(() -> stream(generation, handler));
    }

    private void stream(Generation generation, StreamingChatResponseHandler handler) {
        PartialResponseContext context = new PartialResponseContext(new GenerationHandle(generation));
        try (generation) {
            var piece = generation.next();
            while (piece.isPresent()) {
                handler.onPartialResponse(new PartialResponse(piece.get()), context);
                piece = generation.next();
            }
            handler.onCompleteResponse(requests.response(generation.await()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            handler.onError(e);
        } catch (RuntimeException e) {
            handler.onError(e);
        }
    }

    @Override
    public ChatResponse chat(ChatRequest request) {
        return ChatModel.super.chat(request);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return ChatRequestParameters.builder().modelName(name).build();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }
}
