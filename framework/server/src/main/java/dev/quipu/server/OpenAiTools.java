package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.util.ArrayList;
import java.util.List;

/** The tools of an OpenAI request, and which of them the model may or has to call. */
final class OpenAiTools {
    private static final int MOST = 128;
    private static final String NAME = "[a-zA-Z0-9_-]{1,64}";

    private OpenAiTools() {}

    static void read(JsonFields fields, ChatRequest.Builder chat) {
        List<ToolSpecification> tools =
                fields.any("tools").map(OpenAiTools::tools).orElse(List.of());
        JsonNode choice = fields.any("tool_choice").orElse(null);
        fields.flag("parallel_tool_calls");
        if (tools.isEmpty()) {
            if (choice != null
                    && !choice.asText().equals("none")
                    && !choice.asText().equals("auto")) {
                throw bad(
                        "tool_choice",
                        "'tool_choice' asks for a tool, but there are no 'tools'. Add them or leave it out.");
            }
            return;
        }
        if (choice == null || choice.isTextual()) {
            chat.toolSpecifications(tools).toolChoice(mode(choice == null ? "auto" : choice.asText()));
        } else {
            // To have to call one of these and to have to call this one are the same when there is no other.
            chat.toolSpecifications(named(tools, choice)).toolChoice(ToolChoice.REQUIRED);
        }
    }

    private static ToolChoice mode(String choice) {
        return switch (choice) {
            case "auto" -> ToolChoice.AUTO;
            case "required" -> ToolChoice.REQUIRED;
            case "none" -> ToolChoice.NONE;
            default -> throw bad("tool_choice", "'tool_choice' has to be auto, required, none, or name a function.");
        };
    }

    private static List<ToolSpecification> named(List<ToolSpecification> tools, JsonNode choice) {
        String name = choice.path("function").path("name").asText();
        return List.of(tools.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> bad("tool_choice", "'tool_choice' names no function that is among the 'tools'.")));
    }

    private static List<ToolSpecification> tools(JsonNode array) {
        if (!array.isArray() || array.size() > MOST) {
            throw bad("tools", "'tools' has to be a list of up to " + MOST + ".");
        }
        List<ToolSpecification> tools = new ArrayList<>();
        for (JsonNode tool : array) {
            ToolSpecification read = tool(tool);
            if (tools.stream().anyMatch(other -> other.name().equals(read.name()))) {
                throw bad("tools", "'tools' has '" + read.name() + "' twice.");
            }
            tools.add(read);
        }
        return tools;
    }

    private static ToolSpecification tool(JsonNode tool) {
        JsonNode function = tool.path("function");
        String name = function.path("name").asText();
        if (!tool.path("type").asText().equals("function") || !name.matches(NAME)) {
            throw bad(
                    "tools", "'tools' may have functions only, each with a name of up to 64 letters, digits, _ and -.");
        }
        ToolSpecification.Builder made = ToolSpecification.builder().name(name);
        if (function.path("description").isTextual()) {
            made.description(function.get("description").asText());
        }
        if (function.hasNonNull("parameters") && !function.get("parameters").isEmpty()) {
            made.parameters(OpenAiSchema.parameters(name, function.get("parameters")));
        }
        return made.build();
    }

    private static ServerException bad(String field, String detail) {
        return ServerException.inField(field, detail);
    }
}
