package dev.quipu.runtime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that ends with the process, for tests and demonstrations.
 *
 * <p>It holds a bounded number of turns. Above it, the conversations whose last turn is oldest are forgotten, which is
 * logged.
 */
public final class InMemoryConversationLog implements ConversationLog {
    private static final Logger LOG = LoggerFactory.getLogger(InMemoryConversationLog.class);
    private static final int STANDARD_TURNS = 10_000;

    private final int maxTurns;
    private final Map<String, List<LoggedTurn>> conversations = new LinkedHashMap<>(16, 0.75f, true);
    private int turns;

    public InMemoryConversationLog() {
        this(STANDARD_TURNS);
    }

    public InMemoryConversationLog(int maxTurns) {
        this.maxTurns = maxTurns;
    }

    @Override
    public synchronized void append(LoggedTurn turn) {
        TurnKey key = new TurnKey(turn.turn().conversation(), turn.turn().sequence());
        List<LoggedTurn> stored = conversations.computeIfAbsent(key.conversation(), name -> new ArrayList<>());
        if (!stored.isEmpty()) {
            long last = stored.getLast().turn().sequence();
            if (key.sequence() != last + 1) {
                throw LogException.outOfSequence(key, last);
            }
        }
        stored.add(turn);
        turns++;
        forget(key.conversation());
    }

    @Override
    public synchronized List<LoggedTurn> read(String conversation, int limit) {
        List<LoggedTurn> stored = conversations.getOrDefault(conversation, List.of());
        return List.copyOf(stored.subList(Math.max(0, stored.size() - limit), stored.size()));
    }

    @Override
    public void close() {}

    private void forget(String current) {
        Iterator<Map.Entry<String, List<LoggedTurn>>> oldest =
                conversations.entrySet().iterator();
        while (turns > maxTurns && oldest.hasNext()) {
            Map.Entry<String, List<LoggedTurn>> entry = oldest.next();
            if (!entry.getKey().equals(current)) {
                turns -= entry.getValue().size();
                oldest.remove();
                LOG.atInfo()
                        .addKeyValue("turns", entry.getValue().size())
                        .log("conversation forgotten; use a file log to keep all");
            }
        }
    }
}
