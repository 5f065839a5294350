package dev.quipu.llama.template;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fits a conversation to a template, renders it, and says what is wrong when the template refuses. */
record Rendering(ChatTemplate template) {
    private static final Logger LOG = LoggerFactory.getLogger(Rendering.class);

    String render(ChatTemplate.Input input) {
        List<ChatMessage> messages = withSystemMessagePlaced(input.messages());
        Map<String, Value> variables = new HashMap<>(Variables.standard(input.clock()));
        input.extras().forEach((name, value) -> variables.put(name, JavaValues.of(value)));
        variables.put("messages", Conversation.forTemplate(template).messages(messages));
        variables.put("add_generation_prompt", Value.of(input.addGenerationPrompt()));
        variables.put("bos_token", Value.of(input.bosToken()));
        variables.put("eos_token", Value.of(input.eosToken()));
        if (!input.tools().isEmpty()) {
            if (!template.supportsTools()) {
                LOG.warn(
                        "The chat template shows no tools; the model will not see the {} that were passed",
                        input.tools().size());
            }
            variables.put("tools", Conversation.tools(input.tools()));
        }
        try {
            return template.run(variables, input.clock());
        } catch (TemplateException e) {
            throw explained(e, messages);
        }
    }

    private List<ChatMessage> withSystemMessagePlaced(List<ChatMessage> messages) {
        boolean hasSystem = messages.stream().anyMatch(SystemMessage.class::isInstance);
        if (!hasSystem || template.supportsSystemMessage()) {
            return messages;
        }
        int leading = 0;
        while (leading < messages.size() && messages.get(leading) instanceof SystemMessage) {
            leading++;
        }
        List<ChatMessage> rest = messages.subList(leading, messages.size());
        boolean later = rest.stream().anyMatch(SystemMessage.class::isInstance);
        if (later || rest.isEmpty() || !(rest.getFirst() instanceof UserMessage first)) {
            throw new TemplateException(
                    TemplateError.NO_SYSTEM_MESSAGE,
                    "The template shows no system messages, and the conversation does not begin with them and a user"
                            + " message.");
        }
        String system = messages.subList(0, leading).stream()
                .map(message -> ((SystemMessage) message).text())
                .collect(Collectors.joining("\n\n"));
        List<ChatMessage> placed = new ArrayList<>(rest);
        placed.set(0, withTextBefore(system, first));
        return placed;
    }

    private static UserMessage withTextBefore(String text, UserMessage message) {
        List<Content> contents = new ArrayList<>(message.contents());
        if (contents.getFirst() instanceof TextContent first) {
            contents.set(0, TextContent.from(text + "\n\n" + first.text()));
        } else {
            contents.addFirst(TextContent.from(text + "\n\n"));
        }
        return message.toBuilder().contents(contents).build();
    }

    /** Names the messages at fault where the template complains about roles. */
    private static TemplateException explained(TemplateException failure, List<ChatMessage> messages) {
        String complaint = failure.what().toLowerCase(Locale.ROOT);
        boolean aboutRoles = complaint.contains("alternat") || complaint.contains("role");
        if (failure.code() != TemplateError.REFUSED || !aboutRoles) {
            return failure;
        }
        return irregularity(messages)
                .map(what -> new TemplateException(
                        TemplateError.ROLES_MUST_ALTERNATE,
                        what + " " + failure.what(),
                        failure.line(),
                        failure.column(),
                        failure))
                .orElse(failure);
    }

    /** Where user and assistant do not alternate, beginning with the user; tool calls and results stand aside. */
    private static Optional<String> irregularity(List<ChatMessage> messages) {
        ChatMessageType expected = ChatMessageType.USER;
        for (int i = 0; i < messages.size(); i++) {
            ChatMessageType type = messages.get(i).type();
            if (type == ChatMessageType.TOOL_EXECUTION_RESULT) {
                expected = ChatMessageType.AI;
            } else if (type == ChatMessageType.USER || type == ChatMessageType.AI) {
                if (type != expected) {
                    return Optional.of("Message " + (i + 1) + " is of the type " + type + " where the template expects "
                            + expected + ".");
                }
                expected = type == ChatMessageType.USER ? ChatMessageType.AI : ChatMessageType.USER;
            }
        }
        return Optional.empty();
    }
}
