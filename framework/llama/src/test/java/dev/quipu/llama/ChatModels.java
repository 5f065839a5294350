package dev.quipu.llama;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The chat models that LangChain4j's tests of providers run against, each loaded once for all of them. */
final class ChatModels {
    static final String NAME = "smollm2-135m";
    private static final Map<String, Engine> LOADED = new ConcurrentHashMap<>();

    private ChatModels() {}

    static Engine engine() {
        return engine(NAME);
    }

    private static Engine engine(String name) {
        return LOADED.computeIfAbsent(
                name,
                n -> Engine.load(EngineOptions.builder(ModelStore.standard().pull(n, PullListener.NONE))
                        .contextSize(4096)
                        .threads(1)
                        // A close call between two tokens falls as the passes are shaped; so all tests have the same.
                        .cachedPrefixes(0)
                        .build()));
    }

    static LlamaChatModel greedy() {
        return greedy(NAME, 60, Duration.ofMinutes(2));
    }

    static LlamaChatModel greedy(String name, int tokens, Duration deadline) {
        return LlamaChatModel.of(engine(name), name)
                .with(Sampling.GREEDY, deadline)
                .withDefaults(
                        ChatRequestParameters.builder().maxOutputTokens(tokens).build());
    }

    /** The model without its streaming side: LangChain4j's tests tell the two kinds apart by their type. */
    record Whole(LlamaChatModel model) implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            return model.doChat(request);
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return model.defaultRequestParameters();
        }

        @Override
        public List<ChatModelListener> listeners() {
            return model.listeners();
        }

        @Override
        public ModelProvider provider() {
            return model.provider();
        }

        @Override
        public Set<Capability> supportedCapabilities() {
            return model.supportedCapabilities();
        }
    }
}
