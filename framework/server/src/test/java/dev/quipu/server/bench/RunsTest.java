package dev.quipu.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunsTest {
    @Test
    void takesTheMiddleOfWhatWasMeasured() {
        assertThat(Runs.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Runs.of(1, 2, 3, 10).median()).isEqualTo(2.5);
        assertThat(new Runs(List.of()).median()).isNaN();
    }

    @Test
    void findsPercentilesBetweenTheNearestValues() {
        Runs runs = Runs.of(0, 10, 20, 30, 40);

        assertThat(runs.percentile(0.99)).isEqualTo(39.6);
        assertThat(runs.percentile(0)).isZero();
        assertThat(runs.percentile(1)).isEqualTo(40);
    }

    @Test
    void comparesRunByRunAndNotMediansWithMedians() {
        Runs ours = Runs.of(10, 1, 30);
        Runs theirs = Runs.of(10, 10, 10);

        assertThat(ours.over(theirs).values()).containsExactly(1.0, 0.1, 3.0);
        assertThat(Figure.ratio("ratio", ours, theirs).value()).isEqualTo(1);
    }
}
