package dev.quipu.llama;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.quipu.llama.gguf.GgufException;
import dev.quipu.llama.gguf.ModelCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded model that generates text for several callers at once.
 *
 * <p>Thread-safe. Calls return at once or block only their own thread; llama.cpp itself runs on a thread of the engine.
 */
public interface Engine extends AutoCloseable {
    /**
     * Loads a model with the first provider that works here; {@code quipu.engine.provider} forces one. No provider sees a
     * file whose header would end the process.
     *
     * @throws EngineException if no provider works or the model cannot be used
     */
    static Engine load(EngineOptions options) {
        if (!Files.isReadable(options.model())) {
            throw new EngineException(
                    EngineError.MODEL,
                    options.model() + " is not there or cannot be read. Pull it with './quipu model pull'.");
        }
        try {
            ModelCheck.require(options.model());
        } catch (GgufException e) {
            throw new EngineException(EngineError.MODEL, options.model() + " is not loaded: " + e.getMessage(), e);
        }
        EngineOptions kept = options.weights() == Weights.BATCHED
                ? BatchedWeights.of(options, CacheFolder.base().resolve("weights"))
                : options;
        Logger log = LoggerFactory.getLogger(Engine.class);
        String forced = options.isolated()
                ? EngineProvider.ISOLATED
                : EngineSettings.ofProcess().text("provider").orElse("");
        List<String> reasons = new ArrayList<>();
        List<EngineProvider> providers = ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> options.isolated() == p.name().equals(EngineProvider.ISOLATED))
                .filter(p -> forced.isEmpty() || p.name().equals(forced))
                .sorted(Comparator.comparingInt(EngineProvider::order))
                .toList();
        for (EngineProvider provider : providers) {
            Optional<String> reason = provider.unavailable();
            if (reason.isEmpty()) {
                log.atInfo()
                        .addKeyValue("provider", provider.name())
                        .addKeyValue("weights", kept.weights())
                        .addKeyValue("passed_over", reasons)
                        .log("Engine");
                return provider.load(kept);
            }
            reasons.add(provider.name() + ": " + reason.get());
        }
        throw new EngineException(
                EngineError.NO_PROVIDER,
                "No engine works here " + reasons + (forced.isEmpty() ? "" : " with quipu.engine.provider=" + forced)
                        + ". Add quipu-llama-natives or quipu-llama-jni to the class path.");
    }

    EngineCapabilities capabilities();

    /** What it has done so far. */
    EngineCounters counters();

    /** How it serves; a provider that does not measure tells its counters only. */
    default EngineMetrics metrics() {
        return EngineMetrics.of(counters());
    }

    ModelInfo model();

    /**
     * The tokens of a text, without one that begins it.
     *
     * @param special whether texts of special tokens count as such
     * @throws EngineException if the provider cannot take such texts as ordinary ones
     */
    int[] tokenize(String text, boolean special);

    /** The text of tokens; special tokens have none unless {@code special}. */
    String detokenize(int[] tokens, boolean special);

    /**
     * The prompt that the model's own chat template makes of a conversation, up to where the reply begins. Where the
     * template has no place for tools, they are told in words. Special tokens come from the template alone: where a message
     * holds the text of one, a space comes into it, and no reader of the prompt takes it for the token.
     *
     * @throws EngineException if the model has no template
     * @throws dev.quipu.llama.template.TemplateException if its template cannot say this conversation
     */
    String chatPrompt(List<ChatMessage> messages, List<ToolSpecification> tools);

    /** The same without tools. */
    default String chatPrompt(List<ChatMessage> messages) {
        return chatPrompt(messages, List.of());
    }

    /**
     * The prompt by which the model fills in what is missing between two texts (fill in the middle).
     *
     * @throws EngineException if the model was not trained to, see {@link #infills}
     */
    String infillPrompt(String prefix, String suffix);

    /** Whether the model was trained to fill in: its vocabulary has the tokens for it. */
    boolean infills();

    /**
     * Starts a generation.
     *
     * @throws EngineBusyException if the queue is full
     * @throws EngineException if the request cannot be served
     */
    Generation generate(GenerationRequest request);

    /**
     * Loads a LoRA adapter beside the model while the engine serves; requests name it in {@link
     * GenerationRequest#adapters}. The file is checked against the model before native code sees it.
     *
     * @throws EngineException if the name is taken, the adapter is not one for this model, or the provider has no adapters
     */
    default void loadAdapter(String name, Path file) {
        throw withoutAdapters();
    }

    /**
     * Takes an adapter away. New requests for it fail at once, running ones end with it, and then its memory is freed.
     *
     * @throws EngineException if there is none of that name, or the provider has no adapters
     */
    default void unloadAdapter(String name) {
        throw withoutAdapters();
    }

    /** The names of the loaded adapters, in alphabetical order. */
    default List<String> adapters() {
        return List.of();
    }

    private EngineException withoutAdapters() {
        return new EngineException(
                EngineError.UNSUPPORTED,
                "The " + capabilities().provider()
                        + " provider has no adapters. Use the native provider: add quipu-llama-natives.");
    }

    @Override
    void close();
}
