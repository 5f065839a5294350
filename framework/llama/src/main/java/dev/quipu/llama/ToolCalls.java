package dev.quipu.llama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds calls of tools in what a model wrote: {@code <tool_call>{"name": …, "arguments": {…}}</tool_call>}, as Qwen and
 * Hermes write them, or one bare object of that form, as Llama does ({@code parameters} for the arguments).
 *
 * <p>What is not JSON, names no offered tool, or has arguments that are no object is text: a call is never guessed.
 */
final class ToolCalls {
    static final String OPEN = "<tool_call>";
    static final String CLOSE = "</tool_call>";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Set<String> names;

    ToolCalls(List<ToolSpecification> tools) {
        names = tools.stream().map(ToolSpecification::name).collect(Collectors.toSet());
    }

    /**
     * A text, taken apart.
     *
     * @param text what stands before the calls, or all where there are none
     */
    record Found(String text, List<ToolExecutionRequest> calls) {}

    Found in(String text) {
        if (names.isEmpty()) {
            return new Found(text, List.of());
        }
        int first = text.indexOf(OPEN);
        if (first < 0) {
            return call(text).map(c -> new Found("", List.of(c))).orElseGet(() -> new Found(text, List.of()));
        }
        List<ToolExecutionRequest> calls = new ArrayList<>();
        for (int open = first; open >= 0; open = text.indexOf(OPEN, open + OPEN.length())) {
            int close = text.indexOf(CLOSE, open);
            String body = text.substring(open + OPEN.length(), close < 0 ? text.length() : close);
            Optional<ToolExecutionRequest> call = call(body);
            if (call.isEmpty()) {
                return new Found(text, List.of());
            }
            calls.add(call.get());
        }
        String before = text.substring(0, first);
        return new Found(before.isBlank() ? "" : before, calls);
    }

    /** How much of an unfinished text is no part of a call, whatever follows. */
    int certain(CharSequence unfinished) {
        String text = unfinished.toString();
        if (names.isEmpty()) {
            return text.length();
        }
        if (text.isBlank() || text.stripLeading().startsWith("{")) {
            return 0;
        }
        int end = text.indexOf(OPEN);
        if (end < 0) {
            end = text.length();
            for (int n = Math.min(OPEN.length() - 1, end); n > 0; n--) {
                if (text.endsWith(OPEN.substring(0, n))) {
                    end -= n;
                    break;
                }
            }
        }
        return text.substring(0, end).isBlank() ? 0 : end;
    }

    private Optional<ToolExecutionRequest> call(String body) {
        try {
            JsonNode node = JSON.readTree(body.strip());
            if (node == null
                    || !node.path("name").isTextual()
                    || !names.contains(node.get("name").asText())) {
                return Optional.empty();
            }
            JsonNode arguments = node.has("arguments") ? node.get("arguments") : node.path("parameters");
            if (!arguments.isObject() && !arguments.isMissingNode()) {
                return Optional.empty();
            }
            return Optional.of(ToolExecutionRequest.builder()
                    .id("call-" + UUID.randomUUID())
                    .name(node.get("name").asText())
                    .arguments(arguments.isMissingNode() ? "{}" : arguments.toString())
                    .build());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
