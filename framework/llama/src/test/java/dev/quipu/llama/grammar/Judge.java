package dev.quipu.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Set;

/**
 * A validator that shares no code with the grammars. Of two members with one name the last counts, as with most readers: no
 * grammar can remember the names that were written.
 */
public final class Judge {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final String TIME =
            "^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$";

    private final JsonNode source;
    private final JsonSchema schema;

    public Judge(JsonNode source) {
        this.source = source;
        this.schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        withTimesAsPattern(source),
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
    }

    /** Asserts that a text is JSON and satisfies the schema. */
    public void accepts(String text) {
        try {
            Set<ValidationMessage> complaints = schema.validate(JSON.readTree(text));
            assertThat(complaints).as("%s under %s", text, source).isEmpty();
        } catch (JsonProcessingException e) {
            throw new AssertionError(text + " under " + source, e);
        }
    }

    /**
     * The schema with its times as a pattern: the validator's own check refuses times that lie after midnight by UTC, such
     * as 20:00:00-05:00, which RFC 3339 allows.
     */
    private static JsonNode withTimesAsPattern(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        for (JsonNode parent : copy.findParents("format")) {
            if (parent instanceof ObjectNode object
                    && object.path("format").asText().equals("time")) {
                object.remove("format");
                object.put("pattern", TIME);
            }
        }
        return copy;
    }
}
