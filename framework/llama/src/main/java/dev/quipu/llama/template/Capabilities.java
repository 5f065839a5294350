package dev.quipu.llama.template;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a template can show, found out by rendering small conversations with words that no template holds.
 *
 * @param systemMessage whether the text of a system message reaches the prompt
 * @param tools whether the name of a tool reaches it
 * @param noneContent whether an assistant's calls are shown only where its content is {@code none} instead of empty
 * @param objectArguments whether the arguments of a tool call are to be given as a dictionary; otherwise as JSON text
 */
record Capabilities(boolean systemMessage, boolean tools, boolean noneContent, boolean objectArguments) {
    private static final Logger LOG = LoggerFactory.getLogger(Capabilities.class);
    private static final Clock EPOCH = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final String NAME = "quipu_probe_name";
    private static final String KEY = "quipu_probe_key";
    private static final String WORD = "quipu_probe_word";

    static Capabilities of(ChatTemplate template) {
        Object user = message("user", "Hello");
        String system = attempt(template, List.of(message("system", WORD), user), List.of());
        String withTool = attempt(template, List.of(user), List.of(tool()));
        String withEmpty = attempt(template, callConversation(""), List.of(tool()));
        String withNone = withEmpty.contains(WORD) ? "" : attempt(template, callConversation(null), List.of(tool()));
        boolean noneContent = withNone.contains(WORD);
        String withCall = noneContent ? withNone : withEmpty;
        boolean printedRaw = withCall.contains("{'" + KEY + "': '" + WORD + "'}");
        Capabilities found = new Capabilities(
                system.contains(WORD), withTool.contains(NAME), noneContent, withCall.contains(WORD) && !printedRaw);
        LOG.debug("Chat template: {}", found);
        if (!found.systemMessage()) {
            LOG.info("The chat template shows no system messages; their text will go before the first user message");
        }
        return found;
    }

    /** The prompt, or nothing where the template refuses: the very thing to be found out. */
    private static String attempt(ChatTemplate template, List<Object> messages, List<Object> tools) {
        Map<String, Value> variables = new HashMap<>(Variables.standard(EPOCH));
        variables.put("messages", JavaValues.of(messages));
        variables.put("add_generation_prompt", Value.Bool.TRUE);
        variables.put("bos_token", Value.of(""));
        variables.put("eos_token", Value.of(""));
        if (!tools.isEmpty()) {
            variables.put("tools", JavaValues.of(tools));
        }
        try {
            return template.run(variables, EPOCH);
        } catch (TemplateException e) {
            LOG.trace("A probe of the chat template failed: {}", e.getMessage());
            return "";
        }
    }

    private static Map<String, Object> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }

    private static Map<String, Object> tool() {
        Map<String, Object> parameters = Map.of(
                "type",
                "object",
                "properties",
                Map.of(KEY, Map.of("type", "string", "description", "A word")),
                "required",
                List.of(KEY));
        return Map.of(
                "type",
                "function",
                "function",
                Map.of("name", NAME, "description", "A tool", "parameters", parameters));
    }

    private static List<Object> callConversation(@Nullable String content) {
        // Some templates demand ids of nine letters and digits.
        String id = "call00001";
        Map<String, Object> call =
                Map.of("id", id, "type", "function", "function", Map.of("name", NAME, "arguments", Map.of(KEY, WORD)));
        List<Object> messages = new ArrayList<>();
        messages.add(message("user", "Hello"));
        Map<String, @Nullable Object> answer = new HashMap<>(Map.of("role", "assistant", "tool_calls", List.of(call)));
        answer.put("content", content);
        messages.add(answer);
        messages.add(Map.of("role", "tool", "content", "Done", "tool_call_id", id, "name", NAME));
        messages.add(message("assistant", "It is done."));
        messages.add(message("user", "Thanks"));
        return messages;
    }
}
