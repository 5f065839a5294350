package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.quipu.llama.grammar.Grammar;
import java.util.Optional;

/** The response format of an OpenAI request. A schema that cannot be held is an error: output is never less bound. */
final class OpenAiSchema {
    private OpenAiSchema() {}

    /** @throws dev.quipu.llama.grammar.GrammarException if the schema cannot be held, before anything runs */
    static Optional<ResponseFormat> format(JsonNode format) {
        return switch (format.path("type").asText()) {
            case "text" -> Optional.empty();
            case "json_object" -> Optional.of(ResponseFormat.JSON);
            case "json_schema" -> {
                JsonNode named = format.path("json_schema");
                String schema = named.path("schema").toString();
                Grammar.jsonSchema(schema);
                yield Optional.of(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(named.path("name").asText("answer"))
                                .rootElement(JsonRawSchema.from(schema))
                                .build())
                        .build());
            }
            default ->
                throw new ServerException(
                        ServerError.BAD_REQUEST,
                        "'response_format' has a type that is none of text, json_object, json_schema. Correct it, or leave"
                                + " the format out.");
        };
    }
}
