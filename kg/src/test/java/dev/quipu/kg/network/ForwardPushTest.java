package dev.quipu.kg.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ForwardPushTest {
    private static final float RESTART = 0.5f;

    private static Csr random(int nodes, int edges, RandomGenerator random) {
        int[] from = new int[edges];
        int[] to = new int[edges];
        float[] weights = new float[edges];
        for (int e = 0; e < edges; e++) {
            from[e] = random.nextInt(nodes);
            to[e] = (from[e] + 1 + random.nextInt(nodes - 1)) % nodes;
            weights[e] = 0.1f + random.nextFloat();
        }
        return Csr.of(nodes, from, to, weights);
    }

    /** Personalised PageRank by its definition. */
    private static double[] exact(Csr network, int seed) {
        double[] mass = new double[network.nodes()];
        mass[seed] = 1;
        for (int step = 0; step < 60; step++) {
            double[] next = new double[mass.length];
            next[seed] = RESTART;
            for (int node = 0; node < mass.length; node++) {
                for (int slot = network.begin(node); slot < network.end(node); slot++) {
                    next[network.neighbour(slot)] +=
                            (1 - RESTART) * mass[node] * network.weight(slot) / network.degree(node);
                }
            }
            mass = next;
        }
        return mass;
    }

    @Test
    void comesNearPageRankWithinItsBound() {
        Csr network = random(300, 1_500, new Random(1));
        ForwardPush walk = new ForwardPush(network);

        walk.run(new int[] {7}, new float[] {1}, RESTART, 1e-6f, n -> true);

        double[] exact = exact(network, 7);
        for (int node = 0; node < exact.length; node++) {
            double missing = exact[node] - walk.mass(node);
            assertThat(missing).isBetween(-1e-5, 1e-4);
        }
    }

    @Test
    void forgetsTheRunBefore() {
        Csr network = random(300, 1_500, new Random(2));
        ForwardPush used = new ForwardPush(network);
        ForwardPush fresh = new ForwardPush(network);
        used.run(new int[] {1, 2, 3}, new float[] {1, 1, 1}, RESTART, 1e-5f, n -> true);

        used.run(new int[] {9}, new float[] {1}, RESTART, 1e-5f, n -> true);
        fresh.run(new int[] {9}, new float[] {1}, RESTART, 1e-5f, n -> true);

        assertThat(used.best(50)).isEqualTo(fresh.best(50));
        assertThat(used.mass(9)).isEqualTo(fresh.mass(9));
    }

    @Test
    void doesNotEnterClosedNodes() {
        Csr chain = Csr.of(4, new int[] {0, 1, 2}, new int[] {1, 2, 3});
        ForwardPush walk = new ForwardPush(chain);

        walk.run(new int[] {0}, new float[] {1}, RESTART, 1e-6f, n -> n != 1);

        assertThat(walk.mass(0)).isCloseTo(RESTART, Offset.offset(1e-6f));
        assertThat(walk.mass(1)).isZero();
        assertThat(walk.mass(3)).isZero();
    }

    @Test
    void keepsAnUnweightedNetworkOfAMillionNodesSmall() {
        int nodes = 1_000_000;
        int edges = 5_000_000;
        int[] from = new int[edges];
        int[] to = new int[edges];
        Random random = new Random(3);
        for (int e = 0; e < edges; e++) {
            from[e] = random.nextInt(nodes);
            to[e] = random.nextInt(nodes);
        }

        Csr network = Csr.of(nodes, from, to);

        assertThat(network.bytes()).isLessThan(100_000_000);
    }
}
