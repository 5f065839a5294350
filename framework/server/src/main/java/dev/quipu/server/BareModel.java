package dev.quipu.server;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.quipu.llama.LlamaChatModel;
import dev.quipu.llama.Sampling;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;

/**
 * The engine without knowledge, for callers that want the model alone. The model works no faster than its reader reads,
 * and stops when the reader is gone.
 */
final class BareModel {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final LlamaChatModel model;
    private final String name;
    private final ModelMeter meter;

    BareModel(LlamaChatModel model, String name, ModelMeter meter) {
        this.model = model;
        this.name = name;
        this.meter = meter;
    }

    void complete(RoutingContext context, OpenAiRequest request) {
        LlamaChatModel seeded =
                model.with(request.seed().map(Sampling.BALANCED::withSeed).orElse(Sampling.BALANCED), DEADLINE);
        OpenAiReply reply = new OpenAiReply(name, Clock.systemUTC());
        EventStream events = new EventStream(context);
        Reader reader =
                request.stream() ? new Chunks(events, meter, reply, request.usage()) : new Whole(events, meter, reply);
        // Rendering and counting a long prompt takes a while, so it may not run on the event loop.
        context.vertx()
                .executeBlocking(
                        () -> {
                            seeded.chat(request.chat(), reader);
                            return true;
                        },
                        false)
                .onFailure(reader::onError);
    }

    private static String finish(ChatResponse response) {
        return response.finishReason() == FinishReason.LENGTH ? "length" : "stop";
    }

    /** Ends the generation when nobody reads any more. */
    private abstract static class Reader implements StreamingChatResponseHandler {
        final EventStream events;
        private final ModelMeter meter;

        Reader(EventStream events, ModelMeter meter) {
            this.events = events;
            this.meter = meter;
        }

        /** Takes a piece; returns whether anybody still reads. */
        abstract boolean take(String piece) throws InterruptedException;

        abstract void complete(ChatResponse response);

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            try {
                if (!take(piece.text())) {
                    context.streamingHandle().cancel();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                context.streamingHandle().cancel();
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            complete(response);
        }

        @Override
        public void onError(Throwable error) {
            meter.failed();
            events.fail(error);
        }
    }

    private static final class Chunks extends Reader {
        private final OpenAiReply reply;
        private final boolean usage;
        private boolean opened;

        Chunks(EventStream events, ModelMeter meter, OpenAiReply reply, boolean usage) {
            super(events, meter);
            this.reply = reply;
            this.usage = usage;
        }

        @Override
        boolean take(String piece) throws InterruptedException {
            open();
            return events.sendWhenRead("", reply.piece(piece));
        }

        @Override
        void complete(ChatResponse response) {
            open();
            events.send("", reply.ending(finish(response)).toString());
            if (usage) {
                events.send("", reply.accounting(response.tokenUsage()));
            }
            events.end("", OpenAiReply.DONE);
        }

        private void open() {
            if (!opened) {
                opened = true;
                events.send("", reply.opening());
            }
        }
    }

    private static final class Whole extends Reader {
        private final OpenAiReply reply;

        Whole(EventStream events, ModelMeter meter, OpenAiReply reply) {
            super(events, meter);
            this.reply = reply;
        }

        @Override
        boolean take(String piece) {
            return !events.closed();
        }

        @Override
        void complete(ChatResponse response) {
            String text = response.aiMessage().text();
            events.respond(
                    reply.whole(text, finish(response), response.tokenUsage()).toString());
        }
    }
}
