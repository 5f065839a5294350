package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.QuipuException;
import dev.quipu.llama.EngineError;
import java.util.Optional;

/**
 * A failure in OpenAI's form. Its message begins with our own code. Its {@code code} is OpenAI's word where there is one
 * that programs branch on, and ours otherwise; {@code param} is the field of the request that is to blame.
 */
final class OpenAiError {
    private OpenAiError() {}

    static ObjectNode of(QuipuException failure, int status, String path) {
        ObjectNode error = Json.create()
                .put("message", String.valueOf(failure.getMessage()))
                .put("type", type(status))
                .put("param", param(failure, path).orElse(null))
                .put("code", code(failure, status));
        return Json.create().set("error", error);
    }

    private static String type(int status) {
        if (status == 429) {
            return "requests";
        }
        return status < 500 ? "invalid_request_error" : "server_error";
    }

    private static String code(QuipuException failure, int status) {
        return switch (failure.code()) {
            case ServerError.UNKNOWN_MODEL, EngineError.ADAPTER_UNKNOWN -> "model_not_found";
            case ServerError.UNAUTHORIZED -> "invalid_api_key";
            case EngineError.PROMPT_TOO_LONG -> "context_length_exceeded";
            default -> status == 429 ? "rate_limit_exceeded" : failure.code().id();
        };
    }

    private static Optional<String> param(QuipuException failure, String path) {
        if (failure instanceof ServerException ours && ours.field().isPresent()) {
            return ours.field();
        }
        if (failure.code() == EngineError.ADAPTER_UNKNOWN) {
            return Optional.of("model");
        }
        if (failure.code() == EngineError.PROMPT_TOO_LONG) {
            return Optional.of(path.equals("/v1/completions") ? "prompt" : "messages");
        }
        return Optional.empty();
    }
}
