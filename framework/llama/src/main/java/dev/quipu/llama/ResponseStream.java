package dev.quipu.llama;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.quipu.QuipuException;
import java.util.List;
import java.util.Optional;
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

    private final Engine engine;
    private final ChatRequests requests;
    private final ChatRequest chat;
    private final StreamingChatResponseHandler handler;
    private final GenerationHandle handle = new GenerationHandle();
    private final PartialResponseContext context = new PartialResponseContext(handle);
    private final StringBuilder text = new StringBuilder();
    private int told;

    ResponseStream(Engine engine, ChatRequests requests, ChatRequest chat, StreamingChatResponseHandler handler) {
        this.engine = engine;
        this.requests = requests;
        this.chat = chat;
        this.handler = handler;
    }

    /** Generates and tells; what fails on the way, the handler hears of. */
    void run(GenerationRequest request, String model) {
        try {
            ToolCalls tools = requests.calls(chat);
            GenerationResult result = read(request, tools);
            ToolCalls.Found found = tools.in(result.text());
            Optional<GenerationRequest> again = requests.insteadOf(found, chat);
            if (again.isPresent() && !handle.isCancelled()) {
                text.setLength(0);
                result = read(again.get(), ToolCalls.NONE).after(result);
                found = new ToolCalls.Found(result.text(), List.of());
            }
            if (result.finish() != FinishReason.CANCELLED) {
                complete(requests.requireWhole(result, chat), found, model);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(handler, e);
        } catch (QuipuException e) {
            fail(handler, e);
        }
    }

    private GenerationResult read(GenerationRequest request, ToolCalls tools) throws InterruptedException {
        try (Generation generation = engine.generate(request)) {
            handle.follow(generation);
            Optional<String> piece = generation.next();
            while (piece.isPresent() && !handle.isCancelled()) {
                text.append(piece.get());
                tell(tools.certain(text));
                piece = generation.next();
            }
            return generation.await();
        }
    }

    private void complete(GenerationResult result, ToolCalls.Found found, String model) {
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
