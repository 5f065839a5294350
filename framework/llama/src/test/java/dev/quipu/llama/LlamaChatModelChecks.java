package dev.quipu.llama;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.List;

/** LangChain4j's own tests of a provider, all of them, for whichever model. */
abstract class LlamaChatModelChecks extends AbstractChatModelIT {
    /** The model, greedy, with a limit of output tokens that its answers keep to. */
    abstract LlamaChatModel greedy();

    @Override
    protected List<ChatModel> models() {
        return List.of(new ChatModels.Whole(greedy()));
    }

    @Override
    protected ChatModel createModelWith(ChatRequestParameters parameters) {
        return new ChatModels.Whole(greedy().withDefaults(parameters));
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
    protected boolean supportsSingleImageInputAsBase64EncodedString() {
        return false;
    }

    @Override
    protected boolean supportsSingleImageInputAsPublicURL() {
        return false;
    }
}
