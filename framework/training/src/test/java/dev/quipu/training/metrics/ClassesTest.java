package dev.quipu.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassesTest {
    private static final List<String> RIGHT = List.of("cat", "cat", "cat", "dog", "dog", "fish");
    private static final List<String> SAID = List.of("cat", "cat", "dog", "dog", "dog", "bird");

    @Test
    void countsClassByClass() {
        Confusion confusion = Confusion.of(SAID, RIGHT);

        assertThat(confusion.labels()).containsExactly("bird", "cat", "dog", "fish");
        assertThat(confusion.precision(2)).isEqualTo(2 / 3.0);
        assertThat(confusion.recall(1)).isEqualTo(2 / 3.0);
        assertThat(confusion.f1(3)).isZero();
        assertThat(confusion.accuracy()).isEqualTo(4 / 6.0);
        // F1 of cat and dog is 0.8 each, of bird and fish 0.
        assertThat(confusion.macroF1()).isEqualTo(0.4, within(1e-12));
        assertThat(confusion.table()).contains("cat 2, dog 1");
    }

    @Test
    void givesTheSameAsAMetric() {
        Confusion confusion = Confusion.of(SAID, RIGHT);
        List<List<String>> references = RIGHT.stream().map(List::of).toList();

        double accuracy = Scores.of(ClassMetric.accuracy(confusion.labels()), SAID, references)
                .score();
        double macro = Scores.of(ClassMetric.macroF1(confusion.labels()), SAID, references)
                .score();

        assertThat(accuracy).isEqualTo(confusion.accuracy(), within(1e-12));
        assertThat(macro).isEqualTo(confusion.macroF1(), within(1e-12));
    }

    /** From the definition: one less the chance to draw k failures without putting them back. */
    @ParameterizedTest
    @CsvSource({"10,3,1,0.3", "10,3,2,0.5333333", "10,0,5,0", "10,10,1,1", "10,8,3,1", "5,2,2,0.7"})
    void estimatesTheBestOfSeveralAttempts(int attempts, int passed, int k, double chance) {
        assertThat(PassAtK.of(attempts, passed, k)).isEqualTo(chance, within(1e-6));
    }

    @Test
    void refusesMoreAttemptsThanWereMade() {
        assertThatThrownBy(() -> PassAtK.of(3, 1, 4)).isInstanceOf(MetricException.class);
    }
}
