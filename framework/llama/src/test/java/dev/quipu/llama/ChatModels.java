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
import java.util.Set;

/** The chat model that LangChain4j's tests of providers run against, loaded once for all of them. */
final class ChatModels {
    static final String NAME = "smollm2-135m";
    private static final Engine ENGINE =
            Engine.load(EngineOptions.builder(ModelStore.standard().pull(NAME, PullListener.NONE))
                    .contextSize(4096)
                    .threads(1)
                    .build());

    private ChatModels() {}

    static Engine engine() {
        return ENGINE;
    }

    static LlamaChatModel greedy() {
        return LlamaChatModel.of(ENGINE, NAME)
                .with(Sampling.GREEDY, Duration.ofMinutes(2))
                .withDefaults(
                        ChatRequestParameters.builder().maxOutputTokens(60).build());
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
