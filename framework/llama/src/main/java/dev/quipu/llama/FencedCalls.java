package dev.quipu.llama;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Calls that a model wrote into fences of code although its template shows another form: Qwen2.5-Coder does, left to
 * itself.
 *
 * <p>An answer is taken for calls if it is fences and nothing else, and every object in them names an offered tool and has
 * arguments that the tool's schema allows. A text of that kind may also be meant as one, so free text is never forced to
 * go on as a call: what the schema does not allow stays text.
 */
final class FencedCalls {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern FENCES = Pattern.compile("\\s*(?:```(?:json)?\\s*\\n[^`]*```\\s*)+");
    private static final Pattern FENCE = Pattern.compile("```(?:json)?\\s*\\n([^`]*)```");
    private static final int MEMBERS = 2;

    private final Map<String, ToolSpecification> offered = new LinkedHashMap<>();
    private final Pattern beginning;

    FencedCalls(List<ToolSpecification> tools) {
        tools.forEach(tool -> offered.put(tool.name(), tool));
        String names = tools.stream().map(tool -> Pattern.quote(tool.name())).collect(Collectors.joining("|"));
        beginning = Pattern.compile("\\s*```(?:json)?\\s*\\n\\s*\\[?\\s*\\{\\s*\"name\"\\s*:\\s*\"(?:" + names
                + ")\"\\s*,\\s*\"arguments\"");
    }

    /** The calls that a whole text is; none where it is anything else. */
    List<ToolExecutionRequest> in(String text) {
        if (!FENCES.matcher(text).matches()) {
            return List.of();
        }
        List<ToolExecutionRequest> calls = new ArrayList<>();
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            for (JsonNode object : objects(fence.group(1))) {
                if (!isCall(object)) {
                    return List.of();
                }
                calls.add(ToolCalls.request(
                        object.path("name").asText(), object.path("arguments").toString()));
            }
        }
        return calls;
    }

    /** The values of a fence, those of a list one by one; a list with a missing node where they are no JSON. */
    private static List<JsonNode> objects(String fence) {
        List<JsonNode> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(fence)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                if (value.isArray()) {
                    value.forEach(objects::add);
                } else {
                    objects.add(value);
                }
            }
            return objects;
        } catch (IOException e) {
            return List.of(JSON.missingNode());
        }
    }

    private boolean isCall(JsonNode object) {
        ToolSpecification tool = offered.get(object.path("name").asText());
        return tool != null
                && object.size() == MEMBERS
                && object.path("arguments").isObject()
                && ToolFormat.arguments(tool).accepts(object.path("arguments").toString());
    }

    /** Whether an unfinished text may still turn out to be calls. */
    @SuppressWarnings("JdkObsolete") // hitEnd is for texts that go on, as this one does
    boolean mayBecome(String unfinished) {
        Matcher matcher = beginning.matcher(unfinished);
        return matcher.lookingAt() || matcher.hitEnd();
    }
}
