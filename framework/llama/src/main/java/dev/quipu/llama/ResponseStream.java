package dev.quipu.llama;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.quipu.QuipuException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a handler of a generation as it goes on, on one thread.
 *
 * <p>A handler that throws hears of its own exception and of what follows, as with every provider of LangChain4j. After a
 * cancellation it hears nothing more.
 */
final class ResponseStream {
    private static final Logger log = LoggerFactory.getLogger(ResponseStream.class);

    private final Generation generation;
    private final ToolCalls tools;
    private final StreamingChatResponseHandler handler;
    private final PartialResponseContext context;
    private final StringBuilder text = new StringBuilder();
    private int told;

    ResponseStream(Generation generation, ToolCalls tools, StreamingChatResponseHandler handler) {
        this.generation = generation;
        this.tools = tools;
        this.handler = handler;
        this.context = new PartialResponseContext(new GenerationHandle(generation));
    }

    /** Reads the generation to its end; what the check throws, the handler hears of. */
    void run(String model, UnaryOperator<GenerationResult> check) {
        try (generation) {
            Optional<String> piece = generation.next();
            while (piece.isPresent() && !context.streamingHandle().isCancelled()) {
                text.append(piece.get());
                tell(tools.certain(text));
                piece = generation.next();
            }
            GenerationResult result = generation.await();
            if (result.finish() != FinishReason.CANCELLED) {
                complete(check.apply(result), model);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(handler, e);
        } catch (QuipuException e) {
            fail(handler, e);
        }
    }

    private void complete(GenerationResult result, String model) {
        ToolCalls.Found found = tools.in(result.text());
        tell(found.text().length());
        List<ToolExecutionRequest> calls = found.calls();
        for (int i = 0; i < calls.size(); i++) {
            CompleteToolCall call = new CompleteToolCall(i, calls.get(i));
            guarded(() -> handler.onCompleteToolCall(call));
        }
        ChatResponse response = ChatResponses.of(result, found, model);
        guarded(() -> handler.onCompleteResponse(response));
    }

    private void tell(int end) {
        if (end > told) {
            String piece = text.substring(told, end);
            told = end;
            guarded(() -> handler.onPartialResponse(new PartialResponse(piece), context));
        }
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            fail(handler, e);
        }
    }

    /** The last resort of a handler: what it throws here is only logged. */
    static void fail(StreamingChatResponseHandler handler, Exception error) {
        try {
            handler.onError(error);
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("A streaming handler failed while it was told of an error");
        }
    }
}
