package dev.quipu.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as the server reads and writes it: shallow and bounded on the way in. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
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

    /**
     * Reads the body of a request.
     *
     * @throws ServerException if it is not UTF-8 or not a JSON object
     */
    static ObjectNode object(RoutingContext request) {
        Buffer body = request.body().buffer();
        return object(body == null ? new byte[0] : body.getBytes());
    }

    /** @throws ServerException if bytes are not UTF-8 or not a JSON object */
    static ObjectNode object(byte[] body) {
        try {
            // A fresh decoder reports what is malformed; a string made of the bytes would hide it.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return object(text);
        } catch (CharacterCodingException e) {
            throw new ServerException(
                    ServerError.BAD_REQUEST, "The body is not UTF-8. Encode it as UTF-8 and send it again.", e);
        }
    }

    /** @throws ServerException if a text is no JSON object */
    static ObjectNode object(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new ServerException(
                    ServerError.BAD_REQUEST, "The body is not JSON: " + e.getOriginalMessage() + ".", e);
        }
        throw new ServerException(ServerError.BAD_REQUEST, "The body has to be a JSON object.");
    }

    static ObjectNode create() {
        return MAPPER.createObjectNode();
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }
}
