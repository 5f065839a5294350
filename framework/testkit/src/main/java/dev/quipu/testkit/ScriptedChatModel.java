package dev.quipu.testkit;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A chat model that says what a test wrote down, in order, and remembers what it was asked.
 *
 * <p>Streaming sends a reply word by word on the caller's thread. A call beyond the script fails. Thread-safe.
 */
public final class ScriptedChatModel implements ChatModel, StreamingChatModel {
    private final Queue<Scene> script;
    private final List<ChatRequest> requests = new ArrayList<>();

    private ScriptedChatModel(List<Scene> script) {
        this.script = new ArrayDeque<>(script);
    }

    /** A model that replies with the texts one after the other. */
    public static ScriptedChatModel replying(String... texts) {
        Builder builder = builder();
        for (String text : texts) {
            builder.reply(text);
        }
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What the model was asked so far. */
    public synchronized List<ChatRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return switch (next(request)) {
            case Reply reply -> response(reply.text.apply(request), reply.reason);
            case Failure failure -> throw failure.exception;
            case Silence silence -> throw silence.keep();
        };
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        switch (next(request)) {
            case Reply reply -> {
                String text = reply.text.apply(request);
                if (stream(text, handler)) {
                    handler.onCompleteResponse(response(text, reply.reason));
                }
            }
            case Failure failure -> handler.onError(failure.exception);
            case Silence silence -> {
                if (stream(silence.after, handler)) {
                    handler.onError(silence.keep());
                }
            }
        }
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return DefaultChatRequestParameters.EMPTY;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return List.of();
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    private synchronized Scene next(ChatRequest request) {
        requests.add(request);
        Scene scene = script.poll();
        if (scene == null) {
            throw new IllegalStateException(
                    "The model was asked " + requests.size() + " times but its script is shorter.");
        }
        return scene;
    }

    private static boolean stream(String text, StreamingChatResponseHandler handler) {
        Handle handle = new Handle();
        for (String piece : text.splitWithDelimiters(" ", 0)) {
            if (!piece.isEmpty()) {
                handler.onPartialResponse(new PartialResponse(piece), new PartialResponseContext(handle));
            }
            if (handle.isCancelled()) {
                return false;
            }
        }
        return true;
    }

    private static ChatResponse response(String text, FinishReason reason) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .finishReason(reason)
                .build();
    }

    private sealed interface Scene {}

    private record Reply(Function<ChatRequest, String> text, FinishReason reason) implements Scene {}

    private record Failure(RuntimeException exception) implements Scene {}

    private record Silence(String after) implements Scene {
        /** Waits until the caller gives up. */
        IllegalStateException keep() {
            try {
                new CountDownLatch(1).await();
                return new IllegalStateException("unreachable");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new IllegalStateException("The caller stopped waiting for the scripted model.", e);
            }
        }
    }

    private static final class Handle implements StreamingHandle {
        private final AtomicBoolean cancelled = new AtomicBoolean();

        @Override
        public void cancel() {
            cancelled.set(true);
        }

        @Override
        public boolean isCancelled() {
            return cancelled.get();
        }
    }

    /** Writes the script, one call of the model after the other. */
    public static final class Builder {
        private final List<Scene> script = new ArrayList<>();

        private Builder() {}

        public Builder reply(String text) {
            return reply(request -> text);
        }

        /** A reply that depends on what was asked. */
        public Builder reply(Function<ChatRequest, String> text) {
            script.add(new Reply(text, FinishReason.STOP));
            return this;
        }

        /** A reply that ends where the limit of tokens cuts it off. */
        public Builder replyCutOff(String text) {
            script.add(new Reply(request -> text, FinishReason.LENGTH));
            return this;
        }

        public Builder fail(RuntimeException exception) {
            script.add(new Failure(exception));
            return this;
        }

        /** Says nothing more after some words, until the caller gives up and interrupts. */
        public Builder hangAfter(String text) {
            script.add(new Silence(text));
            return this;
        }

        public ScriptedChatModel build() {
            return new ScriptedChatModel(script);
        }
    }
}
