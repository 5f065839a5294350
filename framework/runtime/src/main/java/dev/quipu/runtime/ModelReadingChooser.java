package dev.quipu.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.quipu.Intent;
import dev.quipu.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets a model choose among readings by number. The answer is bound to a JSON schema whose only property is one of the
 * numbers, so it can neither invent a reading nor write anything else.
 */
final class ModelReadingChooser implements ReadingChooser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SYSTEM =
            "You sort questions to a shop. Which request fits the question? Answer with JSON,"
                    + " for example {\"choice\": \"1\"}. Choose 0 when none fits.";

    private final ChatModel model;
    private final Duration limit;

    ModelReadingChooser(ChatModel model, Duration limit) {
        this.model = model;
        this.limit = limit;
    }

    @Override
    public Optional<Intent> choose(Question question, List<Intent> readings) {
        StringBuilder prompt = new StringBuilder("Requests:\n0. something else\n");
        List<String> numbers = new ArrayList<>(List.of("0"));
        for (int i = 0; i < readings.size(); i++) {
            numbers.add(String.valueOf(i + 1));
            prompt.append(i + 1)
                    .append(". ")
                    .append(readings.get(i).description())
                    .append('\n');
        }
        prompt.append("Question: ").append(question.text());
        ChatRequest request = ChatRequest.builder()
                .messages(SystemMessage.from(SYSTEM), UserMessage.from(prompt.toString()))
                .temperature(0.0)
                .maxOutputTokens(12)
                .responseFormat(format(numbers))
                .build();
        int choice = number(ask(request));
        return choice < 1 || choice > readings.size() ? Optional.empty() : Optional.of(readings.get(choice - 1));
    }

    private String ask(ChatRequest request) {
        FutureTask<String> call =
                new FutureTask<>(() -> model.chat(request).aiMessage().text());
        Thread worker = Thread.ofVirtual().name("quipu-choose").start(call);
        try {
            return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            worker.interrupt();
            throw new ConversationException(
                    RuntimeError.DEADLINE, "The model took longer than " + limit.toMillis() + " ms to choose.", e);
        } catch (ExecutionException e) {
            throw new ConversationException(RuntimeError.MODEL, "The model failed to choose: " + e.getCause() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConversationException(RuntimeError.CLOSED, "The turn was interrupted.", e);
        }
    }

    private static ResponseFormat format(List<String> numbers) {
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("choice")
                        .rootElement(JsonObjectSchema.builder()
                                .addEnumProperty("choice", numbers)
                                .required("choice")
                                .build())
                        .build())
                .build();
    }

    private static int number(String json) {
        try {
            JsonNode choice = JSON.readTree(json).path("choice");
            return choice.asText().matches("\\d{1,3}") ? Integer.parseInt(choice.asText()) : 0;
        } catch (JsonProcessingException e) {
            // A model without schema support may answer in words; that is no choice.
            return 0;
        }
    }
}
