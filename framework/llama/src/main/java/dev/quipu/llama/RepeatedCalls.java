package dev.quipu.llama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls whose results the conversation holds already. Small models make the same call again and again instead of reading
 * its result.
 */
final class RepeatedCalls {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Call(String name, JsonNode arguments) {}

    private RepeatedCalls() {}

    /** Whether all of some calls were answered since the user last spoke; false for no calls. */
    static boolean allAnswered(List<ChatMessage> messages, List<ToolExecutionRequest> calls) {
        return !calls.isEmpty()
                && answered(messages)
                        .containsAll(calls.stream().map(RepeatedCalls::call).toList());
    }

    private static Set<Call> answered(List<ChatMessage> messages) {
        Set<String> results = new HashSet<>();
        Set<Call> answered = new HashSet<>();
        for (ChatMessage message : messages.reversed()) {
            if (message instanceof UserMessage) {
                break;
            }
            if (message instanceof ToolExecutionResultMessage result) {
                results.add(result.id());
            } else if (message instanceof AiMessage ai && ai.hasToolExecutionRequests()) {
                ai.toolExecutionRequests().stream()
                        .filter(request -> results.contains(request.id()))
                        .map(RepeatedCalls::call)
                        .forEach(answered::add);
            }
        }
        return answered;
    }

    private static Call call(ToolExecutionRequest request) {
        try {
            return new Call(request.name(), JSON.readTree(request.arguments()));
        } catch (JsonProcessingException e) {
            return new Call(request.name(), JSON.getNodeFactory().textNode(request.arguments()));
        }
    }
}
