package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopFloatsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 40, 500})
    void choosesWhatSortingWould(int most) {
        Random random = new Random(most);
        float[] values = new float[300];
        IntStream.range(0, values.length).forEach(i -> values[i] = random.nextInt(50));
        int[] sorted = IntStream.range(0, values.length)
                .filter(i -> i % 3 != 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -values[i]).thenComparing(i -> i))
                .limit(most)
                .mapToInt(i -> i)
                .toArray();

        assertThat(TopFloats.of(values, most, i -> i % 3 != 0)).isEqualTo(sorted);
    }
}
