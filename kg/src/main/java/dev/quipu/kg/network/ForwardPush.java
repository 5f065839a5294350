package dev.quipu.kg.network;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * Personalised PageRank near some seeds, by forward push (Andersen, Chung and Lang, "Local graph partitioning using
 * PageRank vectors", 2006).
 *
 * <p>Each node has a settled mass and a residual. Pushing a node settles a part of its residual and hands the rest to its
 * neighbours; nodes are pushed while their residual for each unit of degree exceeds a bound. The work depends on the bound
 * and not on the size of the network, so one query touches a small part of it.
 *
 * <p>The scratch arrays are as long as the network and are reused; only what a run touched is cleared by the next. Not
 * thread-safe: one for each thread.
 */
public final class ForwardPush {
    private final Csr network;
    private final float[] settled;
    private final float[] residual;
    private final boolean[] queued;
    private final boolean[] seen;
    private final int[] queue;
    private int[] touched = new int[1024];
    private int count;

    public ForwardPush(Csr network) {
        this.network = network;
        int nodes = network.nodes();
        settled = new float[nodes];
        residual = new float[nodes];
        queued = new boolean[nodes];
        seen = new boolean[nodes];
        // A ring that holds each node at most once.
        queue = new int[nodes + 1];
    }

    /**
     * Spreads mass from seeds.
     *
     * @param seeds nodes to begin at
     * @param mass how much each of them starts with
     * @param restart the probability to go back to the seeds at each step, in (0, 1)
     * @param bound the residual for each unit of degree that is not worth a push
     * @param open which nodes mass may enter
     */
    public void run(int[] seeds, float[] mass, float restart, float bound, IntPredicate open) {
        clear();
        int head = 0;
        int tail = 0;
        for (int i = 0; i < seeds.length; i++) {
            int seed = seeds[i];
            residual[seed] += mass[i];
            touch(seed);
            if (!queued[seed]) {
                queued[seed] = true;
                queue[tail++] = seed;
            }
        }
        while (head != tail) {
            int node = queue[head++];
            head = head == queue.length ? 0 : head;
            queued[node] = false;
            float mine = residual[node];
            residual[node] = 0;
            settled[node] += restart * mine;
            float degree = network.degree(node);
            if (degree == 0) {
                continue;
            }
            float share = (1 - restart) * mine / degree;
            for (int slot = network.begin(node); slot < network.end(node); slot++) {
                int next = network.neighbour(slot);
                if (!open.test(next)) {
                    continue;
                }
                residual[next] += share * network.weight(slot);
                touch(next);
                if (!queued[next] && residual[next] > bound * network.degree(next)) {
                    queued[next] = true;
                    queue[tail++] = next;
                    tail = tail == queue.length ? 0 : tail;
                }
            }
        }
    }

    private void touch(int node) {
        if (!seen[node]) {
            seen[node] = true;
            if (count == touched.length) {
                touched = Arrays.copyOf(touched, count * 2);
            }
            touched[count++] = node;
        }
    }

    private void clear() {
        for (int i = 0; i < count; i++) {
            int node = touched[i];
            settled[node] = 0;
            residual[node] = 0;
            queued[node] = false;
            seen[node] = false;
        }
        count = 0;
    }

    /** The mass of a node after the last run. */
    public float mass(int node) {
        return settled[node];
    }

    /** The nodes with the most mass after the last run, best first. */
    public int[] best(int most) {
        PriorityQueue<Integer> heap = new PriorityQueue<>((a, b) -> Float.compare(settled[a], settled[b]));
        for (int i = 0; i < count; i++) {
            if (settled[touched[i]] > 0) {
                heap.add(touched[i]);
                if (heap.size() > most) {
                    heap.poll();
                }
            }
        }
        int[] best = new int[heap.size()];
        for (int i = best.length - 1; i >= 0; i--) {
            best[i] = java.util.Objects.requireNonNull(heap.poll());
        }
        return best;
    }
}
