package dev.quipu.llama.spi;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells tools, their calls and results in plain messages, for templates that have no place for them.
 *
 * <p>The words and tags are those that Qwen's and Hermes' templates use: a model that was trained on tools at all has most
 * likely seen them.
 */
final class ToolTexts {
    private ToolTexts() {}

    static List<ChatMessage> told(List<ChatMessage> messages, List<ToolSpecification> tools) {
        List<ChatMessage> told = new ArrayList<>();
        messages.forEach(message -> told.add(told(message)));
        if (tools.isEmpty()) {
            return told;
        }
        if (!told.isEmpty() && told.getFirst() instanceof SystemMessage system) {
            told.set(0, SystemMessage.from(system.text() + "\n\n" + offer(tools)));
        } else {
            told.addFirst(SystemMessage.from(offer(tools)));
        }
        return told;
    }

    private static ChatMessage told(ChatMessage message) {
        return switch (message) {
            case AiMessage answer -> answer.hasToolExecutionRequests() ? AiMessage.from(calls(answer)) : answer;
            case ToolExecutionResultMessage result ->
                UserMessage.from("<tool_response>\n" + result.text() + "\n</tool_response>");
            default -> message;
        };
    }

    private static String offer(List<ToolSpecification> tools) {
        return tools.stream()
                .map(ToolSpecification::toJson)
                .collect(Collectors.joining(
                        "\n",
                        "You may call these tools:\n<tools>\n",
                        "\n</tools>\nFor each call return a JSON object with the tool's name and arguments:\n<tool_call>\n"
                                + "{\"name\": <name>, \"arguments\": <arguments>}\n</tool_call>"));
    }

    private static String calls(AiMessage answer) {
        String before = answer.text() == null ? "" : answer.text() + "\n";
        return answer.toolExecutionRequests().stream()
                .map(ToolTexts::call)
                .collect(Collectors.joining("\n", before, ""));
    }

    private static String call(ToolExecutionRequest request) {
        String arguments = request.arguments() == null || request.arguments().isBlank() ? "{}" : request.arguments();
        return "<tool_call>\n{\"name\": \"" + request.name() + "\", \"arguments\": " + arguments + "}\n</tool_call>";
    }
}
