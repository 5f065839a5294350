package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.llama.LlamaChatModel;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * OpenAI's chat completions. The model {@code quipu} is the grounded assistant, which answers the last user message; the
 * loaded model's own name is the bare engine.
 */
final class OpenAiRoutes {
    private static final String GROUNDED = "quipu";

    private final Assembly assembly;
    private final Identity who;
    private final String model;

    OpenAiRoutes(Assembly assembly, Identity who, String model) {
        this.assembly = assembly;
        this.who = who;
        this.model = model;
    }

    void models(RoutingContext context) {
        var list = Json.create().put("object", "list");
        var data = list.putArray("data");
        data.addObject().put("id", GROUNDED).put("object", "model").put("owned_by", "quipu");
        if (assembly.model() != null) {
            data.addObject().put("id", model).put("object", "model").put("owned_by", "quipu");
        }
        context.response().putHeader("content-type", "application/json").end(list.toString());
    }

    void complete(RoutingContext context) {
        String text = context.body().asString("UTF-8");
        JsonNode body = Json.object(text == null ? "" : text);
        List<ChatMessage> messages = messages(body.path("messages"));
        String wanted = body.path("model").asText(GROUNDED);
        boolean stream = body.path("stream").asBoolean(false);
        String id = "chatcmpl-" + UUID.randomUUID();
        if (wanted.equals(GROUNDED)) {
            grounded(context, id, messages, stream);
        } else if (wanted.equals(model) && assembly.model() != null) {
            bare(context, id, request(body, messages), stream, assembly.requireModel());
        } else {
            throw new ServerException(
                    ServerError.UNKNOWN_MODEL,
                    "There is no model '" + wanted + "' here; /v1/models lists those that are.");
        }
    }

    private void grounded(RoutingContext context, String id, List<ChatMessage> messages, boolean stream) {
        if (!(messages.getLast() instanceof UserMessage last)) {
            throw new ServerException(ServerError.BAD_REQUEST, "The last message has to be the user's.");
        }
        assembly.assistant()
                .ask(id, who, last.singleText())
                .onSuccess(answer -> {
                    if (stream) {
                        EventStream events = new EventStream(context);
                        events.send("", chunk(id, GROUNDED, answer.text(), false));
                        events.send("", chunk(id, GROUNDED, "", true));
                        events.end("", "[DONE]");
                    } else {
                        respond(
                                context,
                                completion(id, GROUNDED, answer.text(), "stop", 0, 0)
                                        .set("quipu", evidence(answer)));
                    }
                })
                .onFailure(context::fail);
    }

    private static JsonNode evidence(Answer answer) {
        return Json.tree(answer.evidence());
    }

    private void bare(RoutingContext context, String id, ChatRequest request, boolean stream, LlamaChatModel engine) {
        if (!stream) {
            assembly.vertx()
                    .executeBlocking(() -> engine.chat(request), false)
                    .onSuccess(r -> respond(
                            context,
                            completion(
                                    id,
                                    model,
                                    r.aiMessage().text(),
                                    r.finishReason().name().toLowerCase(java.util.Locale.ROOT),
                                    r.tokenUsage().inputTokenCount(),
                                    r.tokenUsage().outputTokenCount())))
                    .onFailure(context::fail);
            return;
        }
        EventStream events = new EventStream(context);
        assembly.vertx()
                .executeBlocking(
                        () -> {
                            engine.chat(request, new StreamingChatResponseHandler() {
                                @Override
                                public void onPartialResponse(String piece) {
                                    events.send("", chunk(id, model, piece, false));
                                }

                                @Override
                                public void onCompleteResponse(ChatResponse response) {
                                    events.send("", chunk(id, model, "", true));
                                    events.end("", "[DONE]");
                                }

                                @Override
                                public void onError(Throwable error) {
                                    events.fail(error);
                                }
                            });
                            return true;
                        },
                        false)
                .onFailure(events::fail);
    }

    private static ChatRequest request(JsonNode body, List<ChatMessage> messages) {
        ChatRequest.Builder request = ChatRequest.builder().messages(messages);
        if (body.path("temperature").isNumber()) {
            request.temperature(body.get("temperature").asDouble());
        }
        if (body.path("top_p").isNumber()) {
            request.topP(body.get("top_p").asDouble());
        }
        if (body.path("frequency_penalty").isNumber()) {
            request.frequencyPenalty(body.get("frequency_penalty").asDouble());
        }
        if (body.path("presence_penalty").isNumber()) {
            request.presencePenalty(body.get("presence_penalty").asDouble());
        }
        JsonNode limit =
                body.has("max_completion_tokens") ? body.get("max_completion_tokens") : body.path("max_tokens");
        if (limit.isInt()) {
            request.maxOutputTokens(limit.asInt());
        }
        JsonNode stop = body.path("stop");
        if (stop.isTextual()) {
            request.stopSequences(List.of(stop.asText()));
        } else if (stop.isArray()) {
            List<String> texts = new ArrayList<>();
            stop.forEach(s -> texts.add(s.asText()));
            request.stopSequences(texts);
        }
        return request.build();
    }

    private static List<ChatMessage> messages(JsonNode array) {
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : array) {
            JsonNode content = message.path("content");
            if (!content.isTextual()) {
                throw new ServerException(ServerError.BAD_REQUEST, "Each message needs a text 'content'.");
            }
            messages.add(
                    switch (message.path("role").asText()) {
                        case "system", "developer" -> SystemMessage.from(content.asText());
                        case "user" -> UserMessage.from(content.asText().isEmpty() ? " " : content.asText());
                        case "assistant" -> AiMessage.from(content.asText());
                        default ->
                            throw new ServerException(
                                    ServerError.BAD_REQUEST,
                                    "The role '" + message.path("role").asText()
                                            + "' is not one of system, user, assistant.");
                    });
        }
        if (messages.isEmpty()) {
            throw new ServerException(ServerError.BAD_REQUEST, "The body needs 'messages', at least one.");
        }
        return messages;
    }

    private static ObjectNode completion(String id, String model, String text, String finish, int input, int output) {
        ObjectNode completion = head(id, model, "chat.completion");
        ObjectNode choice =
                completion.putArray("choices").addObject().put("index", 0).put("finish_reason", finish);
        choice.putObject("message").put("role", "assistant").put("content", text);
        completion
                .putObject("usage")
                .put("prompt_tokens", input)
                .put("completion_tokens", output)
                .put("total_tokens", input + output);
        return completion;
    }

    private static String chunk(String id, String model, String text, boolean last) {
        ObjectNode chunk = head(id, model, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        ObjectNode delta = choice.putObject("delta");
        if (last) {
            choice.put("finish_reason", "stop");
        } else {
            delta.put("role", "assistant").put("content", text);
            choice.putNull("finish_reason");
        }
        return chunk.toString();
    }

    private static ObjectNode head(String id, String model, String type) {
        return Json.create()
                .put("id", id)
                .put("object", type)
                .put("created", Instant.now().getEpochSecond())
                .put("model", model);
    }

    private static void respond(RoutingContext context, JsonNode body) {
        context.response().putHeader("content-type", "application/json").end(body.toString());
    }
}
