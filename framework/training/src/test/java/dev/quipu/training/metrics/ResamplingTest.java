package dev.quipu.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResamplingTest {
    private static final Metric EXACT = Squad.EXACT;

    /** Answers of which a share is right. */
    private static Scores scores(int size, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> said = IntStream.range(0, size)
                .mapToObj(i -> random.nextDouble() < share ? "yes" : "no")
                .toList();
        return Scores.of(EXACT, said, Collections.nCopies(size, List.of("yes")));
    }

    @Test
    void givesTheIntervalThatTheBinomialDistributionHas() {
        Scores scores = scores(400, 0.5, 1);

        Interval interval = Resampling.STANDARD.interval(scores);

        double half = 1.96 * Math.sqrt(scores.score() * (1 - scores.score()) / 400);
        assertThat(interval.low()).isEqualTo(scores.score() - half, within(0.01));
        assertThat(interval.high()).isEqualTo(scores.score() + half, within(0.01));
    }

    @Test
    void holdsTheTruthInAbout95Of100Sets() {
        long held = IntStream.range(0, 200)
                .filter(seed -> {
                    Interval interval = new Resampling(200, seed).interval(scores(100, 0.7, 1000 + seed));
                    return interval.low() <= 0.7 && 0.7 <= interval.high();
                })
                .count();

        assertThat(held).isBetween(180L, 199L);
    }

    @Test
    void takesTwoRunsThatAreEquallyGoodForEqual() {
        assertThat(Resampling.STANDARD.probability(scores(300, 0.6, 1), scores(300, 0.6, 2)))
                .isGreaterThan(0.05);
        assertThat(Resampling.STANDARD.probability(scores(300, 0.6, 1), scores(300, 0.6, 1)))
                .isEqualTo(1);
    }

    @Test
    void seesThatOneRunIsBetter() {
        Scores better = scores(300, 0.8, 1);
        Scores worse = scores(300, 0.5, 2);

        assertThat(Resampling.STANDARD.probability(better, worse)).isLessThan(0.01);
        assertThat(Resampling.STANDARD.difference(better, worse).low()).isPositive();
    }

    @Test
    void findsFewDifferencesWhereThereAreNone() {
        long found = IntStream.range(0, 200)
                .filter(seed -> new Resampling(200, seed)
                                .probability(scores(80, 0.5, 2000 + seed), scores(80, 0.5, 3000 + seed))
                        < 0.05)
                .count();

        assertThat(found).isLessThan(20);
    }

    @Test
    void comparesTheSameSetsOnly() {
        assertThatThrownBy(() -> Resampling.STANDARD.probability(scores(3, 1, 1), scores(4, 1, 1)))
                .isInstanceOf(MetricException.class)
                .hasMessageStartingWith("QP-METRIC-001")
                .hasMessageContaining("3 and 4");
    }
}
