package dev.quipu.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.Mention;
import java.time.Instant;
import java.util.List;

/** Turns as JSON, one line each. */
final class TurnJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The stored form; an empty customer is a visitor. */
    private record Stored(
            String conversation,
            long sequence,
            String at,
            String tenant,
            String customer,
            String question,
            List<Mention> mentions,
            Answer answer) {}

    private TurnJson() {}

    static String write(Turn turn) {
        String customer = turn.who() instanceof Identity.Customer c ? c.id() : "";
        try {
            return MAPPER.writeValueAsString(new Stored(
                    turn.conversation(),
                    turn.sequence(),
                    turn.at().toString(),
                    turn.who().tenant(),
                    customer,
                    turn.question(),
                    turn.mentions(),
                    turn.answer()));
        } catch (JsonProcessingException e) {
            throw new ConversationException(RuntimeError.LOG_WRITE, "A turn has no JSON form: " + e.getMessage(), e);
        }
    }

    static Turn read(String json) throws JsonProcessingException {
        Stored stored = MAPPER.readValue(json, Stored.class);
        Identity who = stored.customer().isEmpty()
                ? new Identity.Anonymous(stored.tenant())
                : new Identity.Customer(stored.tenant(), stored.customer());
        return new Turn(
                stored.conversation(),
                stored.sequence(),
                Instant.parse(stored.at()),
                who,
                stored.question(),
                stored.mentions(),
                stored.answer());
    }
}
