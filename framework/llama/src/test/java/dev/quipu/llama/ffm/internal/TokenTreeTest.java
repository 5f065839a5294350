package dev.quipu.llama.ffm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTreeTest {
    @Test
    void keepsWhatBeginsAlikeOnce() {
        TokenTree<String> tree = new TokenTree<>();

        tree.add(new int[] {1, 2, 3, 4}, "a");
        tree.add(new int[] {1, 2, 3, 5, 6}, "b");
        tree.add(new int[] {1, 2}, "c");

        assertThat(tree.size()).isEqualTo(6);
        assertThat(tree.common(new int[] {1, 2, 3, 9})).isEqualTo(3);
    }

    @Test
    void showsThoseFirstThatShareMost() {
        TokenTree<String> tree = new TokenTree<>();
        tree.add(new int[] {1, 2, 3, 4}, "all");
        tree.add(new int[] {1, 2, 3, 9}, "three");
        tree.add(new int[] {1, 7}, "one");
        tree.add(new int[] {8}, "none");
        List<String> shown = new ArrayList<>();

        tree.visit(new int[] {1, 2, 3, 4, 5}, (common, value) -> shown.add(common + value));

        assertThat(shown).containsExactly("4all", "3three", "1one", "0none");
    }

    @Test
    void endsWhereTheVisitorDoes() {
        TokenTree<String> tree = new TokenTree<>();
        tree.add(new int[] {1, 2, 3}, "all");
        tree.add(new int[] {1}, "one");
        List<String> shown = new ArrayList<>();

        tree.visit(new int[] {1, 2, 3}, (common, value) -> {
            shown.add(value);
            return false;
        });

        assertThat(shown).containsExactly("all");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersAsAListOfAllSequencesWould(long seed) {
        Random random = new Random(seed);
        TokenTree<Integer> tree = new TokenTree<>();
        Map<Integer, int[]> model = new HashMap<>();

        for (int step = 0; step < 400; step++) {
            if (random.nextInt(3) > 0) {
                int[] tokens = random.ints(1 + random.nextInt(8), 0, 3).toArray();
                tree.add(tokens, step);
                model.put(step, tokens);
            } else if (!model.isEmpty()) {
                int value = new ArrayList<>(model.keySet()).get(random.nextInt(model.size()));
                assertThat(tree.remove(model.getOrDefault(value, new int[0]), value))
                        .isTrue();
                model.remove(value);
            }
            check(tree, model, random.ints(random.nextInt(9), 0, 3).toArray());
        }

        model.forEach((value, tokens) -> assertThat(tree.remove(tokens, value)).isTrue());
        assertThat(tree.size()).isZero();
    }

    private static void check(TokenTree<Integer> tree, Map<Integer, int[]> model, int[] asked) {
        Set<List<Integer>> beginnings = new HashSet<>();
        model.values().forEach(tokens -> {
            List<Integer> list = Arrays.stream(tokens).boxed().toList();
            for (int i = 1; i <= list.size(); i++) {
                beginnings.add(list.subList(0, i));
            }
        });
        assertThat(tree.size()).isEqualTo(beginnings.size());
        List<Integer> order = new ArrayList<>();
        Map<Integer, Integer> shown = new HashMap<>();
        tree.visit(asked, (common, value) -> {
            order.add(common);
            shown.put(value, common);
            return true;
        });
        Map<Integer, Integer> expected = new HashMap<>();
        model.forEach((value, tokens) -> expected.put(value, common(tokens, asked)));
        assertThat(shown).isEqualTo(expected);
        assertThat(order).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(tree.common(asked))
                .isEqualTo(expected.values().stream().mapToInt(i -> i).max().orElse(0));
    }

    private static int common(int[] a, int[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }
}
