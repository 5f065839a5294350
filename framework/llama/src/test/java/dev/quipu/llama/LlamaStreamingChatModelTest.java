package dev.quipu.llama;

import dev.langchain4j.model.chat.StreamingChatModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LangChain4j's own tests of a streaming provider, with the model that is small enough for every build. */
class LlamaStreamingChatModelTest extends LlamaStreamingChatModelChecks {
    @Override
    LlamaChatModel greedy() {
        return ChatModels.greedy();
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
