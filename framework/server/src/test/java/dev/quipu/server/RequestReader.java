package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.QuipuException;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.grammar.GrammarError;

/** Reads bodies as the routes do, without a server. */
final class RequestReader {
    private RequestReader() {}

    /** Whether a body is one that the path takes; what is wrong with it otherwise has to be the caller's to correct. */
    static boolean reads(String path, byte[] body) {
        try {
            read(path, Json.object(body));
            return true;
        } catch (QuipuException e) {
            assertThat(e.code())
                    .as(e.getMessage())
                    .matches(code -> code == ServerError.BAD_REQUEST
                            || code == EngineError.OPTION
                            || code instanceof GrammarError);
            assertThat(OpenAiError.of(e, 400, path).at("/error/message").asText())
                    .startsWith(e.code().id());
            return false;
        }
    }

    private static void read(String path, ObjectNode body) {
        switch (path) {
            case "/v1/chat/completions" -> OpenAiRequest.read(body, "a");
            case "/v1/completions" -> CompletionRequest.read(body, "a");
            case "/v1/embeddings" -> EmbeddingRequest.read(body, "a");
            default -> RerankRequest.read(body, "a");
        }
    }
}
