package dev.quipu.llama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;

/** LangChain4j's schemas as JSON. */
final class JsonSchemas {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonSchemas() {}

    static String text(JsonSchemaElement element) {
        if (element instanceof JsonRawSchema raw) {
            return raw.schema();
        }
        try {
            return JSON.writeValueAsString(JsonSchemaElementUtils.toMap(element));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
