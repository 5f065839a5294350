package dev.quipu.training.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.template.ChatTemplate;
import dev.quipu.training.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Examples from conversations.
 *
 * <p>The conversation is written by the model's template up to each of the assistant's turns as if the model were to speak,
 * and then with the turn: what came to it is what the model has to say. Prompt and reply become tokens apart, as they do
 * when the model serves. A template that writes earlier turns otherwise once later ones are there (some drop their
 * thoughts) teaches the last turn only.
 */
public final class ChatExamples {
    private final Engine engine;
    private final TextExamples texts;
    private @Nullable ChatTemplate template;

    public ChatExamples(Engine engine, TextExamples texts) {
        this.engine = engine;
        this.texts = texts;
    }

    /** @throws IllegalArgumentException if these are no messages */
    public List<Example> of(JsonNode messages) {
        return example(messages(messages));
    }

    /**
     * A conversation with one more answer, of which that alone is learnt.
     *
     * @throws IllegalArgumentException if these are no messages
     */
    public List<Example> answered(JsonNode messages, String answer) {
        List<ChatMessage> all = messages(messages);
        all.add(AiMessage.from(answer));
        String whole = render(all, false);
        String before = render(all.subList(0, all.size() - 1), true);
        return whole.startsWith(before)
                ? example(whole, List.of(new Turn(before.length(), end(whole, before.length()))))
                : List.of();
    }

    private static List<ChatMessage> messages(JsonNode messages) {
        List<ChatMessage> all = new ArrayList<>();
        for (JsonNode message : messages) {
            all.add(message(message));
        }
        return all;
    }

    /** A question and its answer. */
    public List<Example> of(String question, String answer) {
        return example(List.of(UserMessage.from(question), AiMessage.from(answer)));
    }

    private static ChatMessage message(JsonNode message) {
        String content = message.path("content").asText();
        String role = message.path("role").asText();
        if (content.isEmpty()) {
            throw new IllegalArgumentException("has a message of '" + role + "' without \"content\"");
        }
        return switch (role) {
            case "system" -> SystemMessage.from(content);
            case "user" -> UserMessage.from(content);
            case "assistant" -> AiMessage.from(content);
            default ->
                throw new IllegalArgumentException(
                        "has the role '" + role + "', but system, user and assistant are known");
        };
    }

    private List<Example> example(List<ChatMessage> messages) {
        int last = messages.size();
        while (last > 0 && !(messages.get(last - 1) instanceof AiMessage)) {
            last--;
        }
        List<ChatMessage> used = messages.subList(0, last);
        if (used.isEmpty()) {
            return List.of();
        }
        String whole = render(used, false);
        return example(whole, turns(used, whole));
    }

    private List<Example> example(String whole, List<Turn> turns) {
        TokenLine line = whole.startsWith(engine.model().bosToken())
                        && !engine.model().bosToken().isEmpty()
                ? new TokenLine()
                : texts.line();
        int at = 0;
        for (Turn turn : turns) {
            line.add(engine.tokenize(whole.substring(at, turn.from), true), false);
            line.add(engine.tokenize(whole.substring(turn.from, turn.to), true), true);
            at = turn.to;
        }
        return line.example();
    }

    /** A place in the text that the assistant says, from and to. */
    private record Turn(int from, int to) {}

    private List<Turn> turns(List<ChatMessage> messages, String whole) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof AiMessage) {
                String before = render(messages.subList(0, i), true);
                String after = render(messages.subList(0, i + 1), false);
                boolean continued = whole.startsWith(before)
                        && whole.startsWith(after)
                        && after.length() > before.length()
                        && (turns.isEmpty() || before.length() >= turns.getLast().to);
                if (continued) {
                    turns.add(new Turn(before.length(), end(after, before.length())));
                }
            }
        }
        return turns;
    }

    /** After the token that ends a turn there may be a line break that the model never has to say. */
    private int end(String text, int from) {
        String mark = engine.model().eosToken();
        int at = mark.isEmpty() ? -1 : text.lastIndexOf(mark);
        return at >= from ? at + mark.length() : text.length();
    }

    private String render(List<ChatMessage> messages, boolean prompt) {
        return template()
                .render(ChatTemplate.Input.builder()
                        .messages(messages)
                        .addGenerationPrompt(prompt)
                        .bosToken(engine.model().bosToken())
                        .eosToken(engine.model().eosToken())
                        .build());
    }

    private ChatTemplate template() {
        if (template == null) {
            if (engine.model().chatTemplate().isEmpty()) {
                throw new EngineException(
                        EngineError.TEMPLATE,
                        "The model has no chat template. Give examples with \"prompt\" and \"completion\".");
            }
            template = ChatTemplate.parse(engine.model().chatTemplate());
        }
        return Objects.requireNonNull(template);
    }
}
