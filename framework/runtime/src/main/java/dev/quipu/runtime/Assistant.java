package dev.quipu.runtime;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.Knowledge;
import dev.quipu.Policy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers customers: keeps conversations, and leads each question from the guard to a checked, logged answer. */
public final class Assistant {
    private final Builder parts;

    private Assistant(Builder parts) {
        this.parts = parts;
    }

    public static Builder builder(Vertx vertx) {
        return new Builder(vertx);
    }

    public Future<Answer> ask(String conversation, Identity who, String text) {
        return ask(conversation, who, text, AnswerListener.NONE);
    }

    public Future<Answer> ask(String conversation, Identity who, String text, AnswerListener listener) {
        return Future.failedFuture(new UnsupportedOperationException(parts.address));
    }

    public Future<List<Turn>> turns(String conversation) {
        return Future.failedFuture(new UnsupportedOperationException());
    }

    public AssistantMetrics metrics() {
        return new AssistantMetrics(new EnumMap<>(Answer.Path.class), 0, 0, 0, 0, 0, 0, 0);
    }

    public Future<Void> close() {
        return Future.succeededFuture();
    }

    /** Collects the parts; knowledge and policy are required. */
    public static final class Builder {
        final Vertx vertx;

        @Nullable
        Knowledge knowledge;

        @Nullable
        Policy policy;

        @Nullable
        ReadingChooser chooser;

        @Nullable
        StreamingChatModel phrasing;

        @Nullable
        ConversationLog log;

        AssistantLimits limits = AssistantLimits.STANDARD;
        Clock clock = Clock.systemUTC();
        String address = "quipu.ask";

        private Builder(Vertx vertx) {
            this.vertx = vertx;
        }

        public Builder knowledge(Knowledge value) {
            knowledge = value;
            return this;
        }

        public Builder policy(Policy value) {
            policy = value;
            return this;
        }

        /** The model that chooses among readings when none stands clear; without one the scores decide. */
        public Builder chooser(ChatModel model) {
            return chooser((question, readings) -> {
                throw new UnsupportedOperationException(model.toString());
            });
        }

        public Builder chooser(ReadingChooser value) {
            chooser = value;
            return this;
        }

        /** The model that phrases drafts; without one the template's text is the answer. */
        public Builder phrasing(StreamingChatModel model) {
            phrasing = model;
            return this;
        }

        /** Where turns are kept; in memory by default. */
        public Builder log(ConversationLog value) {
            log = value;
            return this;
        }

        public Builder limits(AssistantLimits value) {
            limits = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** The event bus address to listen on; blank for none. */
        public Builder address(String value) {
            address = value;
            return this;
        }

        public Assistant build() {
            return new Assistant(this);
        }
    }
}
