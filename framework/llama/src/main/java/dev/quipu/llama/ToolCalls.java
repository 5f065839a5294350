package dev.quipu.llama;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.quipu.llama.template.CallForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds calls of tools in what a model wrote: in exactly the form that its grammar holds it to, or in fences of code.
 *
 * <p>What has another form, names no offered tool, or has arguments that are no object is text: a call is never guessed.
 */
final class ToolCalls {
    /** Where no tool is offered, everything is text. */
    static final ToolCalls NONE = new ToolCalls(new ToolFormat(CallForm.GENERIC), List.of());

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ToolFormat format;
    private final boolean offered;
    private final FencedCalls fenced;
    private final Pattern opening;
    private final Pattern named;
    private final Optional<Pattern> separator;
    private final Pattern closing;

    ToolCalls(ToolFormat format, List<ToolSpecification> tools) {
        this.format = format;
        this.offered = !tools.isEmpty();
        this.fenced = new FencedCalls(tools);
        this.opening = Pattern.compile(expression(format.opening()));
        this.named = Pattern.compile(tools.stream()
                .map(tool -> Pattern.quote(tool.name()))
                .collect(Collectors.joining(
                        "|", "(", ")" + expression(format.form().middle()))));
        this.separator = format.form().separator().map(s -> Pattern.compile(expression(s)));
        this.closing = Pattern.compile(expression(format.form().closing()));
    }

    private static String expression(String section) {
        StringBuilder expression = new StringBuilder();
        for (String part : section.splitWithDelimiters(CallForm.ID, -1)) {
            expression.append(part.equals(CallForm.ID) ? "[a-zA-Z0-9]{9}" : Pattern.quote(part));
        }
        return expression.toString();
    }

    /**
     * A text, taken apart.
     *
     * @param text what stands before the calls, or all where there are none
     */
    record Found(String text, List<ToolExecutionRequest> calls) {}

    Found in(String text) {
        int start = start(text);
        if (start < 0) {
            List<ToolExecutionRequest> calls = offered ? fenced.in(text) : List.of();
            return new Found(calls.isEmpty() ? text : "", calls);
        }
        List<ToolExecutionRequest> calls = calls(text, start);
        String before = text.substring(0, start);
        return calls.isEmpty() ? new Found(text, calls) : new Found(before.isBlank() ? "" : before, calls);
    }

    /** Where calls would begin, -1 for nowhere. */
    private int start(String text) {
        if (!offered) {
            return -1;
        }
        return format.tagged() ? text.indexOf(format.marker()) : text.startsWith(format.opening()) ? 0 : -1;
    }

    /** The calls from a place to the end of the text; none where it has another form. */
    private List<ToolExecutionRequest> calls(String text, int start) {
        List<ToolExecutionRequest> calls = new ArrayList<>();
        Matcher at = opening.matcher(text).region(start, text.length());
        while (at.lookingAt()) {
            Matcher name = named.matcher(text).region(at.end(), text.length());
            if (!name.lookingAt()) {
                return List.of();
            }
            int end = object(text, name.end());
            if (end < 0) {
                return List.of();
            }
            calls.add(request(name.group(1), text.substring(name.end(), end)));
            if (separator.isPresent()) {
                at = separator.get().matcher(text).region(end, text.length());
                if (at.lookingAt()) {
                    continue;
                }
            }
            Matcher last = closing.matcher(text).region(end, text.length());
            return last.lookingAt() && text.substring(last.end()).isBlank() ? calls : List.of();
        }
        return List.of();
    }

    static ToolExecutionRequest request(String name, String arguments) {
        return ToolExecutionRequest.builder()
                .id("call-" + UUID.randomUUID())
                .name(name)
                .arguments(arguments)
                .build();
    }

    /** Where the JSON object that begins at a place ends, -1 where there is none. */
    private static int object(String text, int start) {
        try (JsonParser parser = JSON.createParser(text.substring(start))) {
            JsonNode node = parser.readValueAsTree();
            return node != null && node.isObject()
                    ? start + (int) parser.currentLocation().getCharOffset()
                    : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** How much of an unfinished text is no part of a call, whatever follows. */
    int certain(CharSequence unfinished) {
        String text = unfinished.toString();
        if (!offered) {
            return text.length();
        }
        if (fenced.mayBecome(text)) {
            return 0;
        }
        if (!format.tagged()) {
            return text.startsWith(format.opening()) || format.opening().startsWith(text) ? 0 : text.length();
        }
        String marker = format.marker();
        int end = text.indexOf(marker);
        if (end < 0) {
            end = text.length();
            for (int n = Math.min(marker.length() - 1, end); n > 0; n--) {
                if (text.endsWith(marker.substring(0, n))) {
                    end -= n;
                    break;
                }
            }
        }
        return text.substring(0, end).isBlank() ? 0 : end;
    }
}
