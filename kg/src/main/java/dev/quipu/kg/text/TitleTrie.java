package dev.quipu.kg.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the titles of a corpus in texts: at each word the longest title that starts there. */
final class TitleTrie {
    private static final class Node {
        final Map<String, Node> next = new HashMap<>();

        @Nullable
        String key;
    }

    private final Node root = new Node();

    void add(String key) {
        Node node = root;
        for (String word : key.split(" ")) {
            node = node.next.computeIfAbsent(word, w -> new Node());
        }
        node.key = key;
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
