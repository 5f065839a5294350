package dev.quipu.runtime;

import dev.quipu.Identity;
import dev.quipu.Mention;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A conversation in memory: who it belongs to, what its last turns were about, and the turns that wait. All methods are
 * called under its own monitor.
 */
final class Conversation {
    private static final int REMEMBERED = 12;

    private final Identity owner;
    private final List<Mention> focus = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private long sequence;

    Conversation(Identity owner, List<Turn> earlier) {
        this.owner = owner;
        for (Turn turn : earlier) {
            sequence = turn.sequence();
            remember(turn.mentions());
        }
    }

    boolean belongsTo(Identity identity) {
        return owner.equals(identity);
    }

    /** Mentions of earlier turns, latest first. */
    List<Mention> focus() {
        return List.copyOf(focus);
    }

    void remember(List<Mention> mentions) {
        focus.addAll(0, mentions);
        while (focus.size() > REMEMBERED) {
            focus.removeLast();
        }
    }

    long nextSequence() {
        return ++sequence;
    }

    int waiting() {
        return waiting.size();
    }

    boolean idle() {
        return !running && waiting.isEmpty();
    }

    /** Takes a turn; true when it may run at once. */
    boolean enter(Runnable turn) {
        if (running) {
            waiting.add(turn);
            return false;
        }
        running = true;
        return true;
    }

    /** The turn that runs next, or null when none waits. */
    @org.jspecify.annotations.Nullable
    Runnable leave() {
        Runnable next = waiting.poll();
        running = next != null;
        return next;
    }
}
