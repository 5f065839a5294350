package dev.quipu.server;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the conversation that a stateless request goes on with.
 *
 * <p>OpenAI's clients send the whole conversation each time. A request that begins with exactly what was said in a
 * conversation belongs to it, so follow-ups keep their context. Two conversations in which the same was said are told
 * apart: each is gone on with once. A caller that knows the conversation names it by a header, or by {@code user} for
 * one conversation per user.
 *
 * <p>Thread-safe and bounded; in place of what was forgotten a new conversation begins.
 */
final class Transcripts {
    private static final int MOST = 10_000;

    private final Map<String, Deque<String>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<String>> eldest) {
            return size() > MOST;
        }
    };

    /** The conversation of a request; a new one when none is named or known. */
    String conversation(@Nullable String named, OpenAiRequest request) {
        if (named != null) {
            return ConversationId.require(named);
        }
        return take(request.messages().subList(0, request.messages().size() - 1))
                .or(() -> request.user().map(ConversationId::require))
                .orElseGet(() -> "chat-" + UUID.randomUUID());
    }

    /** Notes what was said in a conversation by now. */
    synchronized void remember(List<ChatMessage> messages, String answer, String conversation) {
        List<ChatMessage> all = new ArrayList<>(messages);
        all.add(AiMessage.from(answer));
        known.computeIfAbsent(key(all), key -> new ArrayDeque<>()).add(conversation);
    }

    private synchronized Optional<String> take(List<ChatMessage> before) {
        String key = key(before);
        Deque<String> conversations = known.getOrDefault(key, new ArrayDeque<>());
        Optional<String> found = Optional.ofNullable(conversations.poll());
        if (conversations.isEmpty()) {
            known.remove(key);
        }
        return found;
    }

    /** A digest of what the user and the assistant said; how the system is instructed does not matter. */
    private static String key(List<ChatMessage> messages) {
        MessageDigest digest = Sha256.digest();
        for (ChatMessage message : messages) {
            switch (message) {
                case UserMessage user -> add(digest, 'u', user.singleText());
                case AiMessage answer -> add(digest, 'a', String.valueOf(answer.text()));
                default -> {}
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, char role, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(6).putChar(role).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
