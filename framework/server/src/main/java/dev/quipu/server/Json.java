package dev.quipu.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON as the server reads and writes it: shallow and bounded on the way in. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(1 << 20)
                            .build())
                    .build())
            .build();

    private Json() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new ServerException(ServerError.IO, "A value has no JSON form: " + e.getMessage() + ".", e);
        }
    }

    /** @throws ServerException if the text is not a JSON object */
    static JsonNode object(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new ServerException(
                    ServerError.BAD_REQUEST, "The body is not JSON: " + e.getOriginalMessage() + ".", e);
        }
        throw new ServerException(ServerError.BAD_REQUEST, "The body has to be a JSON object.");
    }

    static com.fasterxml.jackson.databind.node.ObjectNode create() {
        return MAPPER.createObjectNode();
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }
}
