package dev.quipu.kg.network;

import java.util.Arrays;
import java.util.Optional;

/**
 * An undirected network in compressed sparse rows: the neighbours of node {@code u} are {@code neighbours[offsets[u]]} to
 * {@code neighbours[offsets[u + 1] - 1]}. Each edge stands in the rows of both of its ends. Immutable and thread-safe.
 */
public final class Csr {
    private final int[] offsets;
    private final int[] neighbours;
    private final float[] weights;
    private final float[] degrees;

    private Csr(int[] offsets, int[] neighbours, float[] weights, float[] degrees) {
        this.offsets = offsets;
        this.neighbours = neighbours;
        this.weights = weights;
        this.degrees = degrees;
    }

    /** A network whose edges all count the same. */
    public static Csr of(int nodes, int[] from, int[] to) {
        return build(nodes, from, to, Optional.empty());
    }

    /** A network whose edges count by their weight, which is above 0. */
    public static Csr of(int nodes, int[] from, int[] to, float[] weights) {
        return build(nodes, from, to, Optional.of(weights));
    }

    private static Csr build(int nodes, int[] from, int[] to, Optional<float[]> given) {
        int[] offsets = new int[nodes + 1];
        for (int e = 0; e < from.length; e++) {
            offsets[from[e] + 1]++;
            offsets[to[e] + 1]++;
        }
        for (int u = 0; u < nodes; u++) {
            offsets[u + 1] += offsets[u];
        }
        int[] next = Arrays.copyOf(offsets, nodes);
        int[] neighbours = new int[2 * from.length];
        float[] weights = new float[given.isPresent() ? 2 * from.length : 0];
        float[] degrees = new float[nodes];
        for (int e = 0; e < from.length; e++) {
            int there = next[from[e]]++;
            int back = next[to[e]]++;
            neighbours[there] = to[e];
            neighbours[back] = from[e];
            float weight = 1;
            if (given.isPresent()) {
                weight = given.get()[e];
                weights[there] = weight;
                weights[back] = weight;
            }
            degrees[from[e]] += weight;
            degrees[to[e]] += weight;
        }
        return new Csr(offsets, neighbours, weights, degrees);
    }

    public int nodes() {
        return degrees.length;
    }

    public int edges() {
        return neighbours.length / 2;
    }

    /** The sum of the weights of a node's edges. */
    public float degree(int node) {
        return degrees[node];
    }

    int begin(int node) {
        return offsets[node];
    }

    int end(int node) {
        return offsets[node + 1];
    }

    int neighbour(int slot) {
        return neighbours[slot];
    }

    float weight(int slot) {
        return weights.length == 0 ? 1 : weights[slot];
    }

    /** What the arrays take in memory. */
    public long bytes() {
        return 4L * (offsets.length + neighbours.length + weights.length + degrees.length);
    }
}
