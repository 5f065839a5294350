package dev.quipu.llama;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.times;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import org.mockito.InOrder;

/** LangChain4j's own tests of a streaming provider, all of them, for whichever model. */
abstract class LlamaStreamingChatModelChecks extends AbstractStreamingChatModelIT {
    /** The model, greedy, with a limit of output tokens that its answers keep to. */
    abstract LlamaChatModel greedy();

    @Override
    protected List<StreamingChatModel> models() {
        return List.of(greedy());
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        return greedy().withListeners(List.of(listener));
    }

    @Override
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        return greedy().withDefaults(parameters);
    }

    @Override
    protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
        return ChatRequestParameters.builder().maxOutputTokens(maxOutputTokens).build();
    }

    @Override
    protected boolean supportsModelNameParameter() {
        return false; // An engine has loaded one model.
    }

    @Override
    protected boolean supportsStreamingCancellation() {
        return false; // It is; but that test waits half a minute for nothing to come, so it runs with the long ones.
    }

    @Override
    protected boolean supportsPartialToolStreaming(StreamingChatModel model) {
        return false; // A call is told when it is whole: only then is it known to be one.
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, String id) {
        io.verify(handler).onCompleteToolCall(any());
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, String id1, String id2) {
        io.verify(handler, times(2)).onCompleteToolCall(any());
    }

    @Override
    protected boolean supportsSingleImageInputAsBase64EncodedString() {
        return false;
    }

    @Override
    protected boolean supportsSingleImageInputAsPublicURL() {
        return false;
    }
}
