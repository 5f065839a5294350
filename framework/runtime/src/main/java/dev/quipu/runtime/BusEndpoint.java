package dev.quipu.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.QuipuException;
import dev.quipu.Retryable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions that come over the event bus, so that any node of a cluster may ask.
 *
 * <p>A request is {@code {"conversation": "…", "who": {"kind": "customer", "tenant": "…", "id": "…"}, "text": "…"}},
 * with {@code {"kind": "anonymous", "tenant": "…"}} for a visitor; the reply is the answer with its evidence. A failure
 * has the code 503 when trying again makes sense, else 400, and the error's message.
 *
 * <p>Whoever may send on the bus is trusted to have authenticated the customer.
 */
final class BusEndpoint {
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private final Assistant assistant;
    private final MessageConsumer<JsonObject> consumer;

    BusEndpoint(Vertx vertx, String address, Assistant assistant) {
        this.assistant = assistant;
        this.consumer = vertx.eventBus().consumer(address, this::receive);
    }

    Future<Void> close() {
        return consumer.unregister();
    }

    private void receive(Message<JsonObject> message) {
        ask(message.body()).map(BusEndpoint::json).onComplete(message::reply, failure -> fail(message, failure));
    }

    private Future<Answer> ask(@Nullable JsonObject request) {
        try {
            if (request == null) {
                throw malformed(null);
            }
            Identity who = TurnJson.identity(
                    request.getJsonObject("who", new JsonObject()).encode());
            return assistant.ask(text(request, "conversation"), who, text(request, "text"));
        } catch (QuipuException e) {
            return Future.failedFuture(e);
        } catch (JsonProcessingException | ClassCastException e) {
            return Future.failedFuture(malformed(e));
        }
    }

    private static String text(JsonObject request, String field) {
        if (request.getValue(field) instanceof String text) {
            return text;
        }
        throw malformed(null);
    }

    private static QuipuException malformed(@Nullable Exception cause) {
        return new QuipuException(
                RuntimeError.MESSAGE,
                "The message is no JSON object with the texts conversation and text and an object who with the texts"
                        + " kind, tenant and, for a customer, id. Correct its sender.",
                cause);
    }

    private static JsonObject json(Answer answer) {
        try {
            return new JsonObject(TurnJson.text(answer));
        } catch (JsonProcessingException e) {
            throw new QuipuException(RuntimeError.LOG_RECORD, "The answer has no JSON form. Correct its facts.", e);
        }
    }

    private static void fail(Message<JsonObject> message, Throwable failure) {
        message.fail(failure instanceof Retryable ? UNAVAILABLE : BAD_REQUEST, String.valueOf(failure.getMessage()));
    }
}
