package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.output.TokenUsage;
import dev.quipu.Answer;
import dev.quipu.Identity;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The assistant in the form of a model: it answers the last user message.
 *
 * <p>Only checked text is given out, sentence by sentence, because a chunk cannot be taken back. The usage counts the
 * question and the answer in tokens of the loaded model.
 */
final class GroundedModel {
    static final String NAME = "quipu";
    static final String CONVERSATION = "x-quipu-conversation";

    private final Assembly assembly;
    private final Identity who;
    private final Transcripts transcripts = new Transcripts();

    GroundedModel(Assembly assembly, Identity who) {
        this.assembly = assembly;
        this.who = who;
    }

    void complete(RoutingContext context, OpenAiRequest request) {
        String question = request.question();
        String conversation = transcripts.conversation(context.request().getHeader(CONVERSATION), request);
        OpenAiReply reply = new OpenAiReply(NAME, Clock.systemUTC());
        context.response().putHeader(CONVERSATION, conversation);
        assembly.assistant()
                .ask(conversation, who, question)
                .onSuccess(answer -> {
                    transcripts.remember(request.messages(), answer.text(), conversation);
                    TokenUsage usage = new TokenUsage(assembly.tokens(question), assembly.tokens(answer.text()));
                    if (request.stream()) {
                        stream(new EventStream(context), reply, answer, request.usage(), usage);
                    } else {
                        var body = reply.whole(List.of(OpenAiChoice.ofText(answer.text(), "stop")), usage);
                        body.set("quipu", evidence(answer));
                        context.response()
                                .putHeader("content-type", "application/json")
                                .end(body.toString());
                    }
                })
                .onFailure(context::fail);
    }

    private static void stream(EventStream events, OpenAiReply reply, Answer answer, boolean wanted, TokenUsage usage) {
        events.send("", reply.opening(0));
        for (String sentence : answer.text().split("(?<=[.!?]\\s|[。！？\\n])")) {
            events.send("", reply.piece(0, sentence, Optional.empty()));
        }
        var ending = reply.ending(0, "stop");
        ending.set("quipu", evidence(answer));
        events.send("", ending.toString());
        if (wanted) {
            events.send("", reply.accounting(usage));
        }
        events.end("", OpenAiReply.DONE);
    }

    /** The evidence, and whether the answer was given while a part was away. */
    private static JsonNode evidence(Answer answer) {
        return Json.create()
                .<ObjectNode>setAll((ObjectNode) Json.tree(answer.evidence()))
                .put("degraded", answer.degraded());
    }
}
