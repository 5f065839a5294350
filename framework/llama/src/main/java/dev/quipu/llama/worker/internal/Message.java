package dev.quipu.llama.worker.internal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.quipu.llama.EngineCapabilities;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import dev.quipu.llama.ModelInfo;
import java.util.List;

/** What an engine's process and its owner tell each other. The id of an answer is that of its question. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Message.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = Message.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = Message.Tokenize.class, name = "tokenize"),
    @JsonSubTypes.Type(value = Message.Detokenize.class, name = "detokenize"),
    @JsonSubTypes.Type(value = Message.Measure.class, name = "measure"),
    @JsonSubTypes.Type(value = Message.LoadAdapter.class, name = "load-adapter"),
    @JsonSubTypes.Type(value = Message.UnloadAdapter.class, name = "unload-adapter"),
    @JsonSubTypes.Type(value = Message.Generate.class, name = "generate"),
    @JsonSubTypes.Type(value = Message.More.class, name = "more"),
    @JsonSubTypes.Type(value = Message.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = Message.Reply.class, name = "reply"),
    @JsonSubTypes.Type(value = Message.Failure.class, name = "failure"),
    @JsonSubTypes.Type(value = Message.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Message.Done.class, name = "done")
})
sealed interface Message {
    /** What the engine's process is asked; each gets one {@link Reply} or {@link Failure}. */
    sealed interface Question extends Message {
        long id();
    }

    /** What comes back. */
    sealed interface Answer extends Message {
        long id();
    }

    /** How much of the model is read, 0 to 1. */
    record Progress(double share) implements Message {}

    /** The model is loaded. */
    record Ready(EngineCapabilities capabilities, ModelInfo model) implements Message {}

    record Tokenize(long id, String text, boolean special) implements Question {}

    record Detokenize(long id, List<Integer> tokens, boolean special) implements Question {}

    /** Asks for the engine's metrics. */
    record Measure(long id) implements Question {}

    record LoadAdapter(long id, String name, String file) implements Question {}

    record UnloadAdapter(long id, String name) implements Question {}

    /** Starts a generation. After the reply come texts, as many as are wanted, and then its end or a failure. */
    record Generate(long id, GenerationRequest request) implements Question {}

    /** The reader of a generation has room for more pieces of text. */
    record More(long id, int pieces) implements Message {}

    /** The reader of a generation wants no more. */
    record Cancel(long id) implements Message {}

    record Reply(long id, JsonNode value) implements Answer {}

    /** @param retryAfterMillis when another try may succeed; negative where it will not */
    record Failure(long id, String code, String detail, long retryAfterMillis) implements Answer {}

    record Text(long id, String piece) implements Answer {}

    record Done(long id, GenerationResult result) implements Answer {}
}
