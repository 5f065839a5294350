package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.quipu.llama.grammar.Grammar;
import dev.quipu.llama.grammar.GrammarException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The schemas of an OpenAI request, of its answer and of its tools. A schema that cannot be held is an error: output is never less bound. */
final class OpenAiSchema {
    private static final Set<String> KEPT = new TreeSet<>(Set.of(
            "type", "properties", "required", "additionalProperties", "$defs", "$schema", "description", "title"));

    private OpenAiSchema() {}

    /** @throws ServerException if the schema cannot be held, before anything runs */
    static Optional<ResponseFormat> format(JsonNode format) {
        return switch (format.path("type").asText()) {
            case "text" -> Optional.empty();
            case "json_object" -> Optional.of(ResponseFormat.JSON);
            case "json_schema" -> {
                JsonNode named = format.path("json_schema");
                String schema = named.path("schema").toString();
                requireHeld("response_format", schema);
                yield Optional.of(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(named.path("name").asText("answer"))
                                .rootElement(JsonRawSchema.from(schema))
                                .build())
                        .build());
            }
            default ->
                throw unknown(
                        "response_format",
                        "'response_format' has a type that is none of text, json_object, json_schema");
        };
    }

    /**
     * The parameters of a tool. Each property is kept as it is written, so that the call is bound by all of it.
     *
     * @throws ServerException if the schema cannot be held
     */
    static JsonObjectSchema parameters(String tool, JsonNode schema) {
        if (!schema.path("type").asText().equals("object")) {
            throw unknown("tools", "The 'parameters' of " + tool + " have to be a schema of the type object");
        }
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!KEPT.contains(keyword)) {
                throw unknown(
                        "tools", "The 'parameters' of " + tool + " have '" + keyword + "', which is none of " + KEPT);
            }
        });
        if (!schema.path("additionalProperties").isMissingNode()
                && !schema.get("additionalProperties").isBoolean()) {
            throw unknown("tools", "'additionalProperties' of the parameters of " + tool + " has to be true or false");
        }
        requireHeld("tools", schema.toString());
        JsonObjectSchema.Builder object = JsonObjectSchema.builder().required(texts(schema.path("required")));
        if (schema.path("description").isTextual()) {
            object.description(schema.get("description").asText());
        }
        if (schema.has("additionalProperties")) {
            object.additionalProperties(schema.get("additionalProperties").asBoolean());
        }
        if (schema.path("$defs").isObject()) {
            object.definitions(raw(schema.get("$defs")));
        }
        return object.addProperties(raw(schema.path("properties"))).build();
    }

    private static Map<String, JsonSchemaElement> raw(JsonNode schemas) {
        Map<String, JsonSchemaElement> elements = new LinkedHashMap<>();
        schemas.properties()
                .forEach(e ->
                        elements.put(e.getKey(), JsonRawSchema.from(e.getValue().toString())));
        return elements;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : array) {
            if (!one.isTextual()) {
                throw unknown("tools", "'required' may list texts only");
            }
            texts.add(one.asText());
        }
        return texts;
    }

    /** A schema is compiled for its faults alone here; the engine compiles what it keeps. */
    private static void requireHeld(String field, String schema) {
        try {
            Grammar.jsonSchema(schema);
        } catch (GrammarException e) {
            throw ServerException.inField(field, e);
        }
    }

    private static ServerException unknown(String field, String what) {
        return ServerException.inField(field, what + ". Correct it, or leave it out.");
    }
}
