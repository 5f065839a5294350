package dev.quipu.kg.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import java.util.ArrayList;
import java.util.List;

/** A chat model that lists names. The schema bounds how many and how long, so that an answer always ends. */
record ModelNames(ChatModel model) implements NameReader {
    private static final int TOKENS = 640;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SCHEMA = """
            {"type": "object", "additionalProperties": false, "required": ["names"], "properties": {"names": \
            {"type": "array", "maxItems": 16, "items": {"type": "string", "minLength": 2, "maxLength": 60}}}}""";
    private static final SystemMessage TASK = SystemMessage.from("List the names of people, places, organisations,"
            + " products, works and events in the text, and the things that it is about. Copy each exactly as it stands"
            + " in the text. List nothing twice.");

    @Override
    public List<String> names(Passage passage) {
        ChatRequest request = ChatRequest.builder()
                .messages(TASK, UserMessage.from(passage.title() + "\n\n" + passage.text()))
                .temperature(0.0)
                .maxOutputTokens(TOKENS)
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("names")
                                .rootElement(JsonRawSchema.from(SCHEMA))
                                .build())
                        .build())
                .build();
        List<String> names = new ArrayList<>();
        for (JsonNode name : answer(model.chat(request).aiMessage().text()).path("names")) {
            names.add(name.asText().strip());
        }
        return names;
    }

    private static JsonNode answer(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new GraphException(
                    GraphError.DOCUMENT,
                    "The model's list of names is no JSON: " + e.getOriginalMessage()
                            + ". Use a model that keeps to response formats.",
                    e);
        }
    }
}
