package dev.quipu.llama.internal.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Conversations as prompts, by the chat formats that llama.cpp knows. */
final class ChatPrompts {
    private final Llama llama;

    ChatPrompts(Llama llama) {
        this.llama = llama;
    }

    String render(String template, List<ChatMessage> messages) {
        if (template.isEmpty()) {
            throw new EngineException(
                    EngineError.TEMPLATE, "The model has no chat template. Pass a prompt instead of messages.");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment chat = arena.allocate(16L * messages.size(), 8);
            long characters = 1024;
            for (int i = 0; i < messages.size(); i++) {
                String text = text(messages.get(i));
                chat.set(ADDRESS, 16L * i, arena.allocateFrom(role(messages.get(i))));
                chat.set(ADDRESS, 16L * i + 8, arena.allocateFrom(text));
                characters += text.length() * 4L + 64;
            }
            MemorySegment out = arena.allocate(characters);
            int room = Math.toIntExact(characters);
            MemorySegment source = arena.allocateFrom(template);
            int length = NativeCall.call(
                    () -> (int) llama.applyTemplate.invoke(source, chat, (long) messages.size(), true, out, room));
            if (length < 0 || length > room) {
                throw new EngineException(
                        EngineError.TEMPLATE,
                        "The model's chat template is of no known format. Pass a prompt instead.");
            }
            return new String(out.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        }
    }

    private static String role(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> "system";
            case UserMessage user -> "user";
            case AiMessage ai -> "assistant";
            default ->
                throw new EngineException(
                        EngineError.UNSUPPORTED, "Messages of type " + message.type() + " are not supported.");
        };
    }

    private static String text(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> system.text();
            case UserMessage user -> {
                if (!user.hasSingleText()) {
                    throw new EngineException(
                            EngineError.UNSUPPORTED, "A user message has to be one text; images are not supported.");
                }
                yield user.singleText();
            }
            case AiMessage ai -> ai.text() == null ? "" : ai.text();
            default -> "";
        };
    }
}
