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
import java.util.Optional;
import java.util.Set;

/**
 * An engine as LangChain4j's chat model, whole and streaming. Thread-safe; the engine stays the caller's to close.
 *
 * <p>JSON response formats and tools are bound by grammars: an answer follows its schema, only tools that are offered are
 * called, and only with arguments that their schemas allow. Calls have the form that the model's own template shows, or
 * {@code <tool_call>} with JSON; calls that a model writes into fences of code count too. Whether a model calls a tool is its own choice unless it has to. Streaming runs on a
 * virtual thread, and a slow handler slows the decoding.
 *
 * <p>What a request asks for that is not there (images, another model's name) is an {@code
 * UnsupportedFeatureException}; failures of the engine are {@link EngineException}s; a schema that cannot be held, and a
 * bound answer that was cut off by the token limit, are {@link dev.quipu.llama.grammar.GrammarException}s. A streaming handler hears of
 * what fails after the start by {@code onError}.
 */
public final class LlamaChatModel implements ChatModel, StreamingChatModel {
    private final Engine engine;
    private final String name;
    private final ChatTerms terms;
    private final ChatRequestParameters defaults;
    private final List<ChatModelListener> listeners;
    private final ChatRequests requests;

    private LlamaChatModel(
            Engine engine,
            String name,
            ChatTerms terms,
            ChatRequestParameters defaults,
            List<ChatModelListener> listeners) {
        this.engine = engine;
        this.name = name;
        this.terms = terms;
        this.listeners = List.copyOf(listeners);
        this.requests = new ChatRequests(engine, name, terms);
        requests.requireSupported(defaults);
        this.defaults = ChatRequestParameters.builder().modelName(name).build().overrideWith(defaults);
    }

    /** A model with balanced sampling and a deadline of five minutes a request. */
    public static LlamaChatModel of(Engine engine, String name) {
        return new LlamaChatModel(
                engine,
                name,
                ChatTerms.STANDARD,
                ChatRequestParameters.builder().build(),
                List.of());
    }

    private LlamaChatModel on(ChatTerms other) {
        return new LlamaChatModel(engine, name, other, defaults, listeners);
    }

    /** The same model with other defaults of the engine's own. */
    public LlamaChatModel with(Sampling otherSampling, Duration otherDeadline) {
        return on(terms.with(otherSampling, otherDeadline));
    }

    /** The same model on the account of a tenant, by its weight and with its priority; the nameless one's otherwise. */
    public LlamaChatModel as(Share share) {
        return on(terms.as(share));
    }

    /**
     * The same model with adapters that the engine has loaded, all of them in every answer. Whether they are there is
     * seen when a request is made: they come and go while the engine serves.
     */
    public LlamaChatModel adapted(List<AdapterUse> adapters) {
        return on(terms.adapted(adapters));
    }

    /**
     * The same model with parameters that a request takes where it says nothing.
     *
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if they ask for what is not there
     */
    public LlamaChatModel withDefaults(ChatRequestParameters parameters) {
        return new LlamaChatModel(engine, name, terms, parameters, listeners);
    }

    /** The same model with listeners. */
    public LlamaChatModel withListeners(List<ChatModelListener> heard) {
        return new LlamaChatModel(engine, name, terms, defaults, heard);
    }

    /** The same model that has to call a tool of this name in answer to every request that offers it. */
    public LlamaChatModel calling(String tool) {
        return on(terms.calling(terms.calling().named(tool)));
    }

    /**
     * The same model that may repeat a call which was answered since the user last spoke, for tools whose results change
     * from one moment to the next. Without this, a model that does nothing but repeat such calls is asked once more, with
     * no tool on offer: small models else go round in circles.
     */
    public LlamaChatModel repeatingCalls() {
        return on(terms.calling(terms.calling().repeated()));
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        GenerationResult result = await(requests.request(request));
        ToolCalls.Found found = requests.calls(request).in(result.text());
        Optional<GenerationRequest> again = requests.insteadOf(found, request);
        if (again.isPresent()) {
            result = await(again.get()).after(result);
            found = new ToolCalls.Found(result.text(), List.of());
        }
        return ChatResponses.of(requests.requireWhole(result, request), found, name);
    }

    private GenerationResult await(GenerationRequest request) {
        try (Generation generation = engine.generate(request)) {
            return generation.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineError.DEADLINE, "The caller was interrupted while it waited.", e);
        }
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        GenerationRequest asked = requests.request(request);
        Thread.ofVirtual()
                .name("quipu-stream")
                .start(() -> new ResponseStream(engine, requests, request, handler).run(asked, name));
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
