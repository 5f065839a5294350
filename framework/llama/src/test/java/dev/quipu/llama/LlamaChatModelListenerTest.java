package dev.quipu.llama;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.time.Duration;
import java.util.List;

/** LangChain4j's own tests of what listeners hear. */
class LlamaChatModelListenerTest extends AbstractChatModelListenerIT {
    @Override
    protected ChatModel createModel(ChatModelListener listener) {
        return ChatModels.greedy()
                .withDefaults(ChatRequestParameters.builder()
                        .temperature(temperature())
                        .topP(topP())
                        .maxOutputTokens(maxTokens())
                        .build())
                .withListeners(List.of(listener));
    }

    @Override
    protected String modelName() {
        return ChatModels.NAME;
    }

    @Override
    protected ChatModel createFailingModel(ChatModelListener listener) {
        return ChatModels.greedy().with(Sampling.GREEDY, Duration.ofNanos(1)).withListeners(List.of(listener));
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
        return EngineException.class;
    }
}
