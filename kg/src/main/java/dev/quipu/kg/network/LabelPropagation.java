package dev.quipu.kg.network;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Communities by label propagation (Raghavan, Albert and Kumara, "Near linear time algorithm to detect community structures
 * in large-scale networks", 2007): each node takes the label that most of its edges' weight leads to, until few change.
 * The same network and random numbers give the same communities.
 */
public final class LabelPropagation {
    private static final int ROUNDS = 30;
    /** The share of nodes whose changes are not worth another round. */
    private static final int SETTLED = 1_000;

    private LabelPropagation() {}

    /** The community of each node, named after one of its nodes. Nodes without edges are their own. */
    public static int[] communities(Csr network, RandomGenerator random) {
        int nodes = network.nodes();
        int[] labels = new int[nodes];
        int[] order = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            labels[node] = node;
            order[node] = node;
        }
        Map<Integer, Float> weights = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            shuffle(order, random);
            int changed = 0;
            for (int node : order) {
                int label = strongest(network, node, labels, weights);
                if (label != labels[node]) {
                    labels[node] = label;
                    changed++;
                }
            }
            if (changed * SETTLED <= nodes) {
                break;
            }
        }
        return labels;
    }

    /** Of equally strong labels a node keeps its own, else takes the lowest. */
    private static int strongest(Csr network, int node, int[] labels, Map<Integer, Float> weights) {
        weights.clear();
        for (int slot = network.begin(node); slot < network.end(node); slot++) {
            weights.merge(labels[network.neighbour(slot)], network.weight(slot), Float::sum);
        }
        int best = labels[node];
        float most = weights.getOrDefault(best, 0f);
        for (Map.Entry<Integer, Float> entry : weights.entrySet()) {
            int label = entry.getKey();
            float weight = entry.getValue();
            if (weight > most || (weight == most && best != labels[node] && label < best)) {
                best = label;
                most = weight;
            }
        }
        return best;
    }

    private static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }
}
