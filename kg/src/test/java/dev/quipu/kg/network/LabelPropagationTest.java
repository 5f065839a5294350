package dev.quipu.kg.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelPropagationTest {
    /** Two groups in which everybody knows everybody, and one edge between them. */
    private static Csr twoGroups(int size) {
        int[][] edges = IntStream.range(0, 2 * size)
                .boxed()
                .flatMap(a -> IntStream.range(a + 1, 2 * size)
                        .filter(b -> a / size == b / size)
                        .mapToObj(b -> new int[] {a, b}))
                .toArray(int[][]::new);
        int[] from = IntStream.concat(Arrays.stream(edges).mapToInt(e -> e[0]), IntStream.of(0))
                .toArray();
        int[] to = IntStream.concat(Arrays.stream(edges).mapToInt(e -> e[1]), IntStream.of(size))
                .toArray();
        return Csr.of(2 * size + 1, from, to);
    }

    @Test
    void separatesGroupsThatHardlyKnowEachOther() {
        int[] labels = LabelPropagation.communities(twoGroups(10), new SplittableRandom(1));

        assertThat(Arrays.stream(labels, 0, 10).distinct().count()).isOne();
        assertThat(Arrays.stream(labels, 10, 20).distinct().count()).isOne();
        assertThat(labels[0]).isNotEqualTo(labels[10]);
    }

    @Test
    void leavesALonelyNodeAlone() {
        assertThat(LabelPropagation.communities(twoGroups(10), new SplittableRandom(1))[20])
                .isEqualTo(20);
    }

    @Test
    void findsTheSameAgain() {
        assertThat(LabelPropagation.communities(twoGroups(12), new SplittableRandom(7)))
                .isEqualTo(LabelPropagation.communities(twoGroups(12), new SplittableRandom(7)));
    }
}
