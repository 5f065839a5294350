package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The response format of an OpenAI request. A schema that cannot be held is an error: output is never less bound. */
final class OpenAiSchema {
    private OpenAiSchema() {}

    static Optional<ResponseFormat> format(JsonNode format) {
        return switch (format.path("type").asText()) {
            case "text" -> Optional.empty();
            case "json_object" -> Optional.of(ResponseFormat.JSON);
            case "json_schema" -> {
                JsonNode named = format.path("json_schema");
                yield Optional.of(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(named.path("name").asText("answer"))
                                .rootElement(element(named.path("schema")))
                                .build())
                        .build());
            }
            default -> throw unknown("'response_format' has a type that is none of text, json_object, json_schema");
        };
    }

    static JsonSchemaElement element(JsonNode schema) {
        if (schema.path("enum").isArray() && !schema.get("enum").isEmpty()) {
            return JsonEnumSchema.builder()
                    .enumValues(texts(schema.get("enum")))
                    .build();
        }
        return switch (schema.path("type").asText()) {
            case "string" -> new JsonStringSchema();
            case "integer" -> new JsonIntegerSchema();
            case "number" -> new JsonNumberSchema();
            case "boolean" -> new JsonBooleanSchema();
            case "array" ->
                JsonArraySchema.builder().items(element(schema.path("items"))).build();
            case "object" -> {
                JsonObjectSchema.Builder object = JsonObjectSchema.builder().required(texts(schema.path("required")));
                schema.path("properties")
                        .properties()
                        .forEach(property -> object.addProperty(property.getKey(), element(property.getValue())));
                yield object.build();
            }
            default -> throw unknown("The schema has an element of no known type");
        };
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : array) {
            if (!one.isTextual()) {
                throw unknown("'enum' and 'required' may list texts only");
            }
            texts.add(one.asText());
        }
        return texts;
    }

    private static ServerException unknown(String what) {
        return new ServerException(ServerError.BAD_REQUEST, what + ". Correct it, or leave the format out.");
    }
}
