package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quipu.Evidence;
import dev.quipu.Identity;
import dev.quipu.runtime.AnswerListener;
import dev.quipu.runtime.Assistant;
import io.vertx.ext.web.RoutingContext;

/** Conversations with evidence: a message in, an answer with what it rests on out, whole or as events. */
final class ConversationRoutes {
    private final Assistant assistant;
    private final Identity who;

    /** @param who the signed-in customer; an embedding application authenticates its own and calls the assistant */
    ConversationRoutes(Assistant assistant, Identity who) {
        this.assistant = assistant;
        this.who = who;
    }

    void ask(RoutingContext context) {
        String conversation = ConversationId.require(context.pathParam("id"));
        JsonNode text = Json.object(context).path("text");
        if (!text.isTextual()) {
            throw new ServerException(ServerError.BAD_REQUEST, "The body needs a text 'text'.");
        }
        String accept = context.request().getHeader("accept");
        if (accept != null && accept.contains("text/event-stream")) {
            stream(context, conversation, text.asText());
        } else {
            assistant
                    .ask(conversation, who, text.asText())
                    .onSuccess(a -> context.response()
                            .putHeader("content-type", "application/json")
                            .end(Json.write(a)))
                    .onFailure(context::fail);
        }
    }

    private void stream(RoutingContext context, String conversation, String text) {
        EventStream events = new EventStream(context);
        assistant
                .ask(conversation, who, text, new AnswerListener() {
                    @Override
                    public void onDraft(String chunk) {
                        events.send("draft", Json.write(chunk));
                    }

                    @Override
                    public void onReplace(String whole) {
                        events.send("text", Json.write(whole));
                    }

                    @Override
                    public void onStep(Evidence.Step step) {
                        events.send("step", Json.write(step));
                    }
                })
                .onSuccess(answer -> events.end("answer", Json.write(answer)))
                .onFailure(events::fail);
    }

    void turns(RoutingContext context) {
        assistant
                .turns(ConversationId.require(context.pathParam("id")))
                .onSuccess(turns -> {
                    var list = Json.create().putArray("turns");
                    turns.stream()
                            .filter(t -> t.who().equals(who))
                            .forEach(t -> list.addObject()
                                    .put("sequence", t.sequence())
                                    .put("at", t.at().toString())
                                    .put("question", t.question())
                                    .set("answer", Json.tree(t.answer())));
                    context.response()
                            .putHeader("content-type", "application/json")
                            .end(Json.create().set("turns", list).toString());
                })
                .onFailure(context::fail);
    }
}
