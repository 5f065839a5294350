package dev.quipu.llama.ffm.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values by the tokens that lead to them, in a radix tree: what begins alike is kept once. Equal token sequences may have
 * several values.
 */
final class TokenTree<V> {
    /** Is shown values, those that share most first. */
    interface Visitor<V> {
        /**
         * @param common tokens that the value's sequence shares with the one asked for
         * @return whether to go on to values that share less
         */
        boolean visit(int common, V value);
    }

    private static final class Node<V> {
        int[] label;
        final Map<Integer, Node<V>> children = new HashMap<>();
        final Set<V> values = new HashSet<>();

        Node(int[] label) {
            this.label = label;
        }
    }

    private final Node<V> root = new Node<>(new int[0]);
    private int size;

    /** Tokens in the tree, each shared beginning counted once. */
    int size() {
        return size;
    }

    void add(int[] tokens, V value) {
        Node<V> node = root;
        int at = 0;
        while (at < tokens.length) {
            Node<V> child = node.children.get(tokens[at]);
            if (child == null) {
                child = new Node<>(Arrays.copyOfRange(tokens, at, tokens.length));
                node.children.put(tokens[at], child);
                size += child.label.length;
                at = tokens.length;
            } else {
                int same = common(child.label, tokens, at);
                if (same < child.label.length) {
                    child = split(node, child, same);
                }
                at += same;
            }
            node = child;
        }
        node.values.add(value);
    }

    private static <V> Node<V> split(Node<V> parent, Node<V> child, int at) {
        Node<V> upper = new Node<>(Arrays.copyOf(child.label, at));
        child.label = Arrays.copyOfRange(child.label, at, child.label.length);
        upper.children.put(child.label[0], child);
        parent.children.put(upper.label[0], upper);
        return upper;
    }

    /** Removes a value that was added for these tokens; returns whether it was there. */
    boolean remove(int[] tokens, V value) {
        List<Node<V>> path = new ArrayList<>();
        int at = descend(tokens, path);
        Node<V> node = path.getLast();
        if (at < tokens.length || depth(path) != at || !node.values.remove(value)) {
            return false;
        }
        for (int i = path.size() - 1; i > 0 && path.get(i).values.isEmpty(); i--) {
            Node<V> empty = path.get(i);
            if (empty.children.size() > 1) {
                break;
            }
            path.get(i - 1).children.remove(empty.label[0]);
            if (empty.children.isEmpty()) {
                size -= empty.label.length;
            } else {
                join(path.get(i - 1), empty, empty.children.values().iterator().next());
                break;
            }
        }
        return true;
    }

    private static <V> void join(Node<V> parent, Node<V> upper, Node<V> lower) {
        int[] label = Arrays.copyOf(upper.label, upper.label.length + lower.label.length);
        System.arraycopy(lower.label, 0, label, upper.label.length, lower.label.length);
        lower.label = label;
        parent.children.put(label[0], lower);
    }

    /** Tokens that some sequence in the tree shares with this one. */
    int common(int[] tokens) {
        return descend(tokens, new ArrayList<>());
    }

    /** Shows all values, those first that share most with these tokens. */
    void visit(int[] tokens, Visitor<V> visitor) {
        List<Node<V>> path = new ArrayList<>();
        int common = descend(tokens, path);
        @Nullable Node<V> done = null;
        for (int i = path.size() - 1; i >= 0; i--) {
            if (!visitBelow(path.get(i), done, common, visitor)) {
                return;
            }
            done = path.get(i);
            common = depth(path.subList(0, i));
        }
    }

    private static <V> boolean visitBelow(Node<V> node, @Nullable Node<V> except, int common, Visitor<V> visitor) {
        for (V value : node.values) {
            if (!visitor.visit(common, value)) {
                return false;
            }
        }
        for (Node<V> child : node.children.values()) {
            if (child != except && !visitBelow(child, null, common, visitor)) {
                return false;
            }
        }
        return true;
    }

    /** Collects the nodes along these tokens, the last one possibly left half-way, and returns how many tokens match. */
    private int descend(int[] tokens, List<Node<V>> path) {
        Node<V> node = root;
        int at = 0;
        path.add(root);
        while (at < tokens.length) {
            Node<V> child = node.children.get(tokens[at]);
            if (child == null) {
                break;
            }
            int same = common(child.label, tokens, at);
            path.add(child);
            at += same;
            if (same < child.label.length) {
                break;
            }
            node = child;
        }
        return at;
    }

    private static <V> int depth(List<Node<V>> path) {
        return path.stream().mapToInt(n -> n.label.length).sum();
    }

    private static int common(int[] label, int[] tokens, int at) {
        int most = Math.min(label.length, tokens.length - at);
        int mismatch = Arrays.mismatch(label, 0, most, tokens, at, at + most);
        return mismatch < 0 ? most : mismatch;
    }
}
