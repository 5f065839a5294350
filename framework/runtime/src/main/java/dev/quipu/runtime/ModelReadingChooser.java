package dev.quipu.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.quipu.Intent;
import dev.quipu.Question;
import dev.quipu.QuipuException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets a model choose among readings as in a multiple-choice test, with "none of these" as the last choice.
 *
 * <p>The answer is bound to one of the letters by a JSON schema, so the customer's text can at worst lead to another
 * letter. An answer that is none of them is an error, never a guess.
 */
public final class ModelReadingChooser implements ReadingChooser {
    private static final String FIELD = "choice";
    private static final int MAX_TOKENS = 24;
    private static final SystemMessage TASK = SystemMessage.from(
            "You sort messages of customers. Say which of the choices a message asks for. Answer with its letter.");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ChatModel model;

    public ModelReadingChooser(ChatModel model) {
        this.model = model;
    }

    @Override
    public Optional<Intent> choose(Question question, List<Intent> readings) {
        List<String> letters = IntStream.rangeClosed(0, readings.size())
                .mapToObj(ModelReadingChooser::letter)
                .toList();
        StringBuilder choices =
                new StringBuilder("Message: ").append(question.text()).append("\n\nChoices:\n");
        for (int i = 0; i < readings.size(); i++) {
            choices.append(letters.get(i))
                    .append(". ")
                    .append(readings.get(i).description())
                    .append('\n');
        }
        choices.append(letters.getLast()).append(". None of these");
        String answer =
                model.chat(request(choices.toString(), letters)).aiMessage().text();
        int chosen = letters.indexOf(choice(answer == null ? "" : answer));
        if (chosen < 0) {
            throw unreadable("none of the letters " + letters, null);
        }
        return chosen < readings.size() ? Optional.of(readings.get(chosen)) : Optional.empty();
    }

    private static ChatRequest request(String choices, List<String> letters) {
        JsonSchema schema = JsonSchema.builder()
                .name("Choice")
                .rootElement(JsonObjectSchema.builder()
                        .addProperty(
                                FIELD,
                                JsonEnumSchema.builder().enumValues(letters).build())
                        .required(FIELD)
                        .additionalProperties(false)
                        .build())
                .build();
        return ChatRequest.builder()
                .messages(TASK, UserMessage.from(choices))
                .temperature(0.0)
                .maxOutputTokens(MAX_TOKENS)
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(schema)
                        .build())
                .build();
    }

    private static String choice(String answer) {
        try {
            JsonNode json = JSON.readTree(answer);
            return json == null ? "" : json.path(FIELD).asText("");
        } catch (JsonProcessingException e) {
            throw unreadable("no JSON", e);
        }
    }

    private static QuipuException unreadable(String what, @Nullable Throwable cause) {
        return new QuipuException(
                RuntimeError.CHOICE,
                "The model's choice was " + what + ". Use a model that follows a JSON schema.",
                cause);
    }

    private static String letter(int index) {
        return String.valueOf((char) ('A' + index));
    }
}
