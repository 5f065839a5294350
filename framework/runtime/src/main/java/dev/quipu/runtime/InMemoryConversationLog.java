package dev.quipu.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps turns in memory. */
final class InMemoryConversationLog implements ConversationLog {
    private final Map<String, List<Turn>> turns = new ConcurrentHashMap<>();

    @Override
    public void append(Turn turn) {
        turns.computeIfAbsent(turn.conversation(), c -> new CopyOnWriteArrayList<>())
                .add(turn);
    }

    @Override
    public List<Turn> turns(String conversation) {
        return List.copyOf(turns.getOrDefault(conversation, List.of()));
    }

    @Override
    public void close() {}
}
