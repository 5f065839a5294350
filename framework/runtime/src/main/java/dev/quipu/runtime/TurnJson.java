package dev.quipu.runtime;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Language;
import dev.quipu.Mention;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * The JSON form of turns, answers and identities, for the log and the event bus.
 *
 * <p>Component names of the records in {@code dev.quipu} are the field names, so a renamed component needs a mix-in
 * here that keeps its stored name. Whole numbers in the values of facts and decisions come back as longs.
 */
final class TurnJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .addMixIn(Identity.class, IdentityForm.class)
            .addMixIn(Language.class, LanguageForm.class)
            .addMixIn(Answer.class, AnswerForm.class)
            .build();

    private TurnJson() {}

    /** One line of UTF-8: JSON escapes every line break inside a text. */
    static byte[] bytes(LoggedTurn logged) throws JsonProcessingException {
        Turn turn = logged.turn();
        return MAPPER.writeValueAsBytes(new Stored(
                turn.conversation(),
                turn.sequence(),
                turn.at().toString(),
                turn.who(),
                turn.question(),
                turn.answer(),
                logged.mentions(),
                logged.pending().stream().toList()));
    }

    static LoggedTurn turn(byte[] json, int offset, int length) throws IOException {
        Stored stored = MAPPER.readValue(json, offset, length, Stored.class);
        Turn turn = new Turn(
                stored.conversation,
                stored.sequence,
                Instant.parse(stored.at),
                stored.who,
                stored.question,
                stored.answer);
        return new LoggedTurn(turn, stored.mentions, stored.pending.stream().findFirst());
    }

    /** Reads only the first two fields, so that the start of a log does not parse whole turns. */
    static TurnKey key(byte[] json, int offset, int length) throws IOException {
        try (JsonParser parser = MAPPER.createParser(json, offset, length)) {
            String conversation = text(parser, "conversation");
            text(parser, "sequence");
            return new TurnKey(conversation, parser.getLongValue());
        }
    }

    static String text(Answer answer) throws JsonProcessingException {
        return MAPPER.writeValueAsString(answer);
    }

    static Identity identity(String json) throws JsonProcessingException {
        return MAPPER.readValue(json, Identity.class);
    }

    private static String text(JsonParser parser, String field) throws IOException {
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
        if (!field.equals(parser.nextFieldName()) || parser.nextToken() == JsonToken.VALUE_NULL) {
            throw new IOException("no field " + field + " where a stored turn has it");
        }
        return parser.getText();
    }

    /** The stored fields in their order; {@link #key} relies on the first two. */
    private record Stored(
            String conversation,
            long sequence,
            String at,
            Identity who,
            String question,
            Answer answer,
            List<Mention> mentions,
            List<Intent> pending) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "anonymous", value = Identity.Anonymous.class),
        @JsonSubTypes.Type(name = "customer", value = Identity.Customer.class)
    })
    private interface IdentityForm {}

    interface AnswerForm {
        @JsonDeserialize(using = FalseWhenAbsent.class)
        boolean degraded();
    }

    /** Turns that were stored before answers told whether they are degraded. */
    private static final class FalseWhenAbsent extends JsonDeserializer<Boolean> {
        @Override
        public Boolean deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.getBooleanValue();
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return false;
        }
    }

    private abstract static class LanguageForm {
        @JsonValue
        abstract String tag();

        @JsonCreator
        static Language ofTag(String tag) {
            return Language.ofTag(tag);
        }
    }
}
