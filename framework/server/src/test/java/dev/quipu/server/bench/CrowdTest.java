package dev.quipu.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CrowdTest {
    private static final List<Ask> ASKS = List.of(new Ask("a", 3), new Ask("b", 5), new Ask("c", 0));

    @Test
    void asksAllAtOnce() {
        CountDownLatch together = new CountDownLatch(ASKS.size());

        Crowd crowd = Crowd.at(
                ask -> {
                    together.countDown();
                    try {
                        together.await();
                    } catch (InterruptedException e) {
                        return Outcome.failed("interrupted");
                    }
                    return new Outcome(0.1, 0.2, 1, ask.maxTokens(), "");
                },
                ASKS);

        assertThat(crowd.failures()).isZero();
        assertThat(crowd.outcomes()).extracting(Outcome::outputTokens).containsExactly(3, 5, 0);
        assertThat(crowd.tokensPerSecond()).isEqualTo(8 / crowd.seconds());
    }

    @Test
    void countsFailuresAndLeavesThemOutOfTheWait() {
        Crowd crowd =
                new Crowd(List.of(new Outcome(2, 3, 1, 4, ""), Outcome.failed("busy"), new Outcome(4, 5, 1, 4, "")), 5);

        assertThat(crowd.failures()).isEqualTo(1);
        assertThat(crowd.firstToken(0.5)).isEqualTo(3);
        assertThat(crowd.tokensPerSecond()).isEqualTo(8.0 / 5);
    }
}
