package dev.quipu.kg.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the titles of a corpus in texts: at each word the longest title that starts there. Immutable; a changed one shares
 * with the old one all branches that stayed the same.
 */
final class TitleTrie {
    static final TitleTrie EMPTY = new TitleTrie(new Node(Map.of(), null));

    private record Node(Map<String, Node> next, @Nullable String key) {}

    private final Node root;

    private TitleTrie(Node root) {
        this.root = root;
    }

    TitleTrie with(Collection<String> come, Collection<String> gone) {
        if (come.isEmpty() && gone.isEmpty()) {
            return this;
        }
        // The root has a branch for nearly every title, so it is copied once for all of them.
        Map<String, Node> branches = new HashMap<>(root.next);
        gone.forEach(k -> put(branches, k.split(" "), 0, null));
        come.forEach(k -> put(branches, k.split(" "), 0, k));
        return new TitleTrie(new Node(branches, null));
    }

    private static void put(Map<String, Node> branches, String[] words, int at, @Nullable String key) {
        Node old = branches.getOrDefault(words[at], new Node(Map.of(), null));
        Node made;
        if (at + 1 == words.length) {
            made = new Node(old.next, key);
        } else {
            Map<String, Node> below = new HashMap<>(old.next);
            put(below, words, at + 1, key);
            made = new Node(below, old.key);
        }
        if (made.key == null && made.next.isEmpty()) {
            branches.remove(words[at]);
        } else {
            branches.put(words[at], made);
        }
    }

    /** The keys of the titles in some words; a word belongs to one title only. */
    List<String> find(List<String> words) {
        List<String> found = new ArrayList<>();
        int i = 0;
        while (i < words.size()) {
            @Nullable Node node = root;
            @Nullable String longest = null;
            int end = i + 1;
            for (int j = i; j < words.size() && node != null; j++) {
                node = node.next.get(words.get(j));
                if (node != null && node.key != null && longEnough(words, i, j)) {
                    longest = node.key;
                    end = j + 1;
                }
            }
            if (longest != null) {
                found.add(longest);
            }
            i = end;
        }
        return found;
    }

    private static boolean longEnough(List<String> words, int from, int to) {
        return to > from || words.get(from).length() > 3;
    }
}
