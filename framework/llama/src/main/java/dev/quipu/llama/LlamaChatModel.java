package dev.quipu.llama;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An engine as LangChain4j's chat model, whole and streaming. Thread-safe; the engine stays the caller's to close.
 *
 * <p>JSON response formats and required tool calls are bound by a grammar. Otherwise a model calls tools by writing a call
 * as its template asks for, or as {@code <tool_call>} with JSON; how well it does is up to the model. Streaming runs on a
 * virtual thread, and a slow handler slows the decoding.
 *
 * <p>What a request asks for that is not there (images, another model's name, raw JSON schemas) is an {@code
 * UnsupportedFeatureException}; failures of the engine are {@link EngineException}s. A streaming handler hears of the
 * latter by {@code onError}.
 */
public final class LlamaChatModel implements ChatModel, StreamingChatModel {
    private final Engine engine;
    private final String name;
    private final Sampling sampling;
    private final Duration deadline;
    private final ChatRequestParameters defaults;
    private final List<ChatModelListener> listeners;
    private final ChatRequests requests;

    private LlamaChatModel(
            Engine engine,
            String name,
            Sampling sampling,
            Duration deadline,
            ChatRequestParameters defaults,
            List<ChatModelListener> listeners) {
        this.engine = engine;
        this.name = name;
        this.sampling = sampling;
        this.deadline = deadline;
        this.listeners = List.copyOf(listeners);
        this.requests = new ChatRequests(engine, name, sampling, deadline);
        requests.requireSupported(defaults);
        this.defaults = ChatRequestParameters.builder().modelName(name).build().overrideWith(defaults);
    }

    /** A model with balanced sampling and a deadline of five minutes a request. */
    public static LlamaChatModel of(Engine engine, String name) {
        return new LlamaChatModel(
                engine,
                name,
                Sampling.BALANCED,
                Duration.ofMinutes(5),
                ChatRequestParameters.builder().build(),
                List.of());
    }

    /** The same model with other defaults of the engine's own. */
    public LlamaChatModel with(Sampling otherSampling, Duration otherDeadline) {
        return new LlamaChatModel(engine, name, otherSampling, otherDeadline, defaults, listeners);
    }

    /**
     * The same model with parameters that a request takes where it says nothing.
     *
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if they ask for what is not there
     */
    public LlamaChatModel withDefaults(ChatRequestParameters parameters) {
        return new LlamaChatModel(engine, name, sampling, deadline, parameters, listeners);
    }

    /** The same model with listeners. */
    public LlamaChatModel withListeners(List<ChatModelListener> heard) {
        return new LlamaChatModel(engine, name, sampling, deadline, defaults, heard);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        try (Generation generation = engine.generate(requests.request(request))) {
            GenerationResult result = generation.await();
            return ChatResponses.of(result, new ToolCalls(ChatRequests.tools(request)).in(result.text()), name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineError.DEADLINE, "The caller was interrupted while it waited.", e);
        }
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        GenerationRequest asked = requests.request(request);
        ToolCalls tools = new ToolCalls(ChatRequests.tools(request));
        Thread.ofVirtual().name("quipu-stream").start(() -> {
            try {
                new ResponseStream(engine.generate(asked), tools, handler).run(name);
            } catch (EngineException e) {
                ResponseStream.fail(handler, e);
            }
        });
    }

    @Override
    public ChatResponse chat(ChatRequest request) {
        return ChatModel.super.chat(request);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaults;
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
