package dev.quipu.llama;

import dev.langchain4j.model.chat.ChatModel;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LangChain4j's own tests of a provider, with a model that needs fewer of them weakened. */
@Tag("long")
class LlamaChatModelLargerTest extends LlamaChatModelChecks {
    @Override
    LlamaChatModel greedy() {
        return ChatModels.greedy("qwen2.5-coder-1.5b", 120, Duration.ofMinutes(10));
    }

    /* Left to itself it writes calls into a code fence instead of the tags that its template shows; where it has to
    call, the grammar sees to the form. */

    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_execute_a_tool_then_answer(ChatModel model) {
        SmallModel.callsAToolThatItHasToThenAnswers(
                request -> chat(model, request).chatResponse());
    }

    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_execute_a_tool_without_arguments_then_answer(ChatModel model) {
        SmallModel.callsAToolWithoutArguments(request -> chat(model, request).chatResponse());
    }

    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_execute_multiple_tools_in_parallel_then_answer(ChatModel model) {
        SmallModel.callsOneOfSeveralTools(request -> chat(model, request).chatResponse());
    }

    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_execute_a_tool_then_answer_respecting_JSON_response_format_with_schema(ChatModel model) {
        SmallModel.callsAToolOrAnswersBySchema(request -> chat(model, request).chatResponse());
    }
}
