package dev.quipu.llama.ffm.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds which cells of the KV cache, and who can share them.
 *
 * <p>Sequences that run and those kept after their generation ended stand in radix trees by their tokens, one pair of trees
 * for each set of adapters. A new sequence takes over the cells of the one that has computed most of its beginning. Where
 * another that runs is just about to compute a part that both have, it waits and then shares it: of any number of prompts
 * that arrive together, the first computes what they have in common.
 *
 * <p>Idle sequences give way when cells or sequence numbers are needed, the one first whose tokens times recency is least.
 * Of one whose beginning was shared before, only what follows that beginning goes first.
 *
 * <p>Cells are shared, never changed: a reader of shared cells sees the numbers that the first one computed.
 */
final class PrefixCache {
    /** Hears of an idle sequence before its cells go. */
    interface EvictionListener {
        void evicting(Held idle);
    }

    /** Waiting a pass for fewer tokens would cost more than computing them. */
    private static final int WORTH_WAITING = 8;

    private final KvMemory memory;
    private final CellLedger ledger;
    private final int kept;
    private final EvictionListener listener;
    private final Map<String, TokenTree<Held>> running = new HashMap<>();
    private final Map<String, TokenTree<Held>> idle = new HashMap<>();
    private final List<Held> runningList = new ArrayList<>();
    private final List<Held> idleList = new ArrayList<>();
    private final Deque<Integer> numbers = new ArrayDeque<>();
    private long clock;
    private long evictions;

    /**
     * @param sequences that may run
     * @param kept idle sequences at most; with 0, nothing is shared at all
     */
    PrefixCache(KvMemory memory, int cells, int sequences, int kept, EvictionListener listener) {
        this.memory = memory;
        this.kept = kept;
        this.listener = listener;
        this.ledger = new CellLedger(cells, sequences + kept);
        for (int i = 0; i < sequences + kept; i++) {
            numbers.add(i);
        }
    }

    int cells() {
        return ledger.size();
    }

    int used() {
        return ledger.size() - ledger.free();
    }

    int idleCount() {
        return idleList.size();
    }

    long evictions() {
        return evictions;
    }

    int computed(Held held) {
        return ledger.length(held.sequence);
    }

    /** Whether a sequence fits beside those that run, when nothing idle is kept and each gets some more cells. */
    boolean fits(String key, int[] tokens, int growth) {
        if (runningList.isEmpty()) {
            return tokens.length <= ledger.size();
        }
        int planned = running.values().stream().mapToInt(TokenTree::size).sum();
        for (Held held : runningList) {
            planned += Math.max(0, computed(held) - held.tokens.length);
        }
        int shared = kept == 0 ? 0 : tree(running, key).common(tokens);
        return planned + tokens.length - shared + growth <= ledger.size();
    }

    /** Opens a sequence that is to compute these tokens, with the cells that others have of them already. */
    Held open(String key, int[] tokens) {
        long order = clock++;
        Optional<Held> source = kept == 0 ? Optional.empty() : best(key, tokens, tokens.length - 1);
        int shared = source.map(s -> usable(s, tokens)).orElse(0);
        Held held;
        if (source.isPresent() && !source.get().running && (computed(source.get()) == shared || !freeNumber(source))) {
            Held old = source.get();
            forget(old);
            cut(old.sequence, shared);
            held = new Held(key, old.sequence, order, tokens);
            held.proven = Math.min(old.proven, shared);
        } else {
            freeNumber(source);
            held = new Held(key, numbers.remove(), order, tokens);
            source.ifPresent(s -> copy(s, held, shared));
        }
        runningList.add(held);
        add(running, held);
        return held;
    }

    /** Makes a sequence number free, not that of the one to be shared; false when there is no other. */
    private boolean freeNumber(Optional<Held> except) {
        if (!numbers.isEmpty()) {
            return true;
        }
        Optional<Held> cheapest = idleList.stream()
                .filter(h -> except.isEmpty() || except.get() != h)
                .min(Comparator.comparingDouble(h -> value(h, 0)));
        cheapest.ifPresent(h -> evict(h, 0));
        return cheapest.isPresent();
    }

    private void copy(Held from, Held to, int length) {
        if (length > computed(to)) {
            memory.copy(from.sequence, to.sequence, length);
            ledger.copy(from.sequence, to.sequence, length);
            from.proven = Math.max(from.proven, length);
            from.lastUsed = clock;
        }
    }

    /** Who has computed most of these tokens, of at most so many. */
    private Optional<Held> best(String key, int[] tokens, int most) {
        List<Held> best = new ArrayList<>();
        int[] length = {0};
        TokenTree.Visitor<Held> visitor = (common, held) -> {
            int usable = Math.min(Math.min(common, most), computed(held));
            // A finished one can be taken over, so it goes before one that only can be copied.
            if (usable > length[0] || (usable == length[0] && usable > 0 && computed(held) == usable)) {
                length[0] = usable;
                best.clear();
                best.add(held);
            }
            return Math.min(common, most) >= length[0] && common > 0;
        };
        tree(running, key).visit(tokens, visitor);
        tree(idle, key).visit(tokens, visitor);
        return best.stream().findFirst();
    }

    private int usable(Held held, int[] tokens) {
        int most = Math.min(tokens.length - 1, Math.min(held.tokens.length, computed(held)));
        int mismatch = Arrays.mismatch(held.tokens, 0, most, tokens, 0, most);
        return mismatch < 0 ? most : mismatch;
    }

    /**
     * Takes what others have computed since, and tells whether one that was there before is about to compute the next
     * tokens too, so that it is better to wait for it.
     */
    boolean waits(Held held) {
        int last = held.tokens.length - 1;
        if (kept == 0 || computed(held) >= last) {
            return false;
        }
        best(held.key, held.tokens, last)
                .filter(other -> other != held)
                .ifPresent(other -> copy(other, held, usable(other, held.tokens)));
        int[] shared = {0};
        tree(running, held.key).visit(held.tokens, (common, other) -> {
            int both = Math.min(common, last);
            if (other.order < held.order && other.advances && computed(other) < both) {
                shared[0] = both;
                return false;
            }
            return both >= computed(held) + WORTH_WAITING;
        });
        return shared[0] >= computed(held) + WORTH_WAITING;
    }

    /** Books the cells of tokens that a pass computed. */
    void grow(Held held, int count) {
        ledger.append(held.sequence, count);
    }

    /** Replaces what a sequence has by cells that were read back; its room was made before. */
    void replaced(Held held, int length) {
        ledger.cut(held.sequence, 0);
        ledger.append(held.sequence, length);
    }

    /** Takes away what a sequence has from a position on. */
    void cut(Held held, int from) {
        cut(held.sequence, from);
    }

    /**
     * Ends a running sequence. Its cells are kept for prompts that begin like it.
     *
     * @param tokens all that it was given; it may not have computed the last ones
     */
    void close(Held held, int[] tokens) {
        runningList.remove(held);
        remove(running, held);
        held.running = false;
        held.tokens = Arrays.copyOf(tokens, Math.min(tokens.length, computed(held)));
        held.lastUsed = clock;
        if (kept == 0 || held.tokens.length == 0 || known(held)) {
            release(held);
            return;
        }
        idleList.add(held);
        add(idle, held);
        while (idleList.size() > kept) {
            idleList.stream().min(Comparator.comparingDouble(h -> value(h, 0))).ifPresent(h -> evict(h, 0));
        }
    }

    /** Whether another idle one has all of it. Those that it continues itself need not be kept beside it. */
    private boolean known(Held held) {
        List<Held> continued = new ArrayList<>();
        List<Held> whole = new ArrayList<>();
        tree(idle, held.key).visit(held.tokens, (common, other) -> {
            if (common == held.tokens.length) {
                whole.add(other);
            } else if (common == other.tokens.length) {
                continued.add(other);
            }
            return true;
        });
        for (Held other : whole) {
            other.lastUsed = clock;
            other.proven = Math.max(other.proven, held.proven);
        }
        for (Held other : whole.isEmpty() ? continued : List.<Held>of()) {
            held.proven = Math.max(held.proven, other.proven);
            forget(other);
            release(other);
        }
        return !whole.isEmpty();
    }

    /** Makes cells free by giving up idle sequences; false when that does not suffice. */
    boolean room(int count) {
        while (ledger.free() < count) {
            Optional<Held> next = idleList.stream()
                    .filter(h -> ledger.own(h.sequence, evictFrom(h)) > 0)
                    .min(Comparator.comparingDouble(h -> value(h, evictFrom(h))));
            if (next.isEmpty() && idleList.isEmpty()) {
                return false;
            }
            // Idle ones that share all their cells with each other free them only together.
            Held victim = next.orElseGet(() -> idleList.stream()
                    .min(Comparator.comparingLong(h -> h.lastUsed))
                    .orElseThrow());
            evict(victim, next.isEmpty() ? 0 : evictFrom(victim));
        }
        return true;
    }

    /** Gives up all idle sequences; false when there was none. */
    boolean giveUpIdle() {
        boolean any = !idleList.isEmpty();
        List.copyOf(idleList).forEach(h -> evict(h, 0));
        return any;
    }

    /** The sequences that no longer run, the one used last at the front. */
    List<Held> idle() {
        return idleList.stream()
                .sorted(Comparator.comparingLong((Held h) -> h.lastUsed).reversed())
                .toList();
    }

    /** Takes all from a sequence, also what is not booked because its pass failed. */
    void discard(Held held) {
        memory.cut(held.sequence, 0);
        ledger.cut(held.sequence, 0);
    }

    /** Where an idle sequence is cut first. */
    private int evictFrom(Held held) {
        return held.proven < held.tokens.length ? held.proven : 0;
    }

    private double value(Held held, int from) {
        return (held.tokens.length - from) / (1.0 + clock - held.lastUsed);
    }

    private void evict(Held held, int from) {
        evictions++;
        listener.evicting(held);
        forget(held);
        if (from == 0) {
            release(held);
            return;
        }
        cut(held.sequence, from);
        held.tokens = Arrays.copyOf(held.tokens, from);
        idleList.add(held);
        add(idle, held);
    }

    private void forget(Held held) {
        idleList.remove(held);
        remove(idle, held);
    }

    private void release(Held held) {
        cut(held.sequence, 0);
        numbers.add(held.sequence);
    }

    private void cut(int sequence, int from) {
        if (ledger.length(sequence) > from) {
            memory.cut(sequence, from);
            ledger.cut(sequence, from);
        }
    }

    private static TokenTree<Held> tree(Map<String, TokenTree<Held>> trees, String key) {
        return trees.getOrDefault(key, new TokenTree<>());
    }

    private static void add(Map<String, TokenTree<Held>> trees, Held held) {
        trees.computeIfAbsent(held.key, k -> new TokenTree<>()).add(held.tokens, held);
    }

    /** Keys are as many as callers like, so a tree goes with its last value. */
    private static void remove(Map<String, TokenTree<Held>> trees, Held held) {
        TokenTree<Held> tree = tree(trees, held.key);
        tree.remove(held.tokens, held);
        if (tree.size() == 0) {
            trees.remove(held.key);
        }
    }
}
