package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final CircuitBreaker breaker = new CircuitBreaker(now::get, 3, PAUSE);
    private int asked;

    private String away() {
        asked++;
        throw new GraphUnavailableException("away");
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> breaker.call(this::away)).isInstanceOf(GraphUnavailableException.class);
        }
    }

    private static String refused() {
        throw new GraphException(GraphError.REJECTED, "no such label");
    }

    @Test
    void asksNoMoreAfterSomeFailuresInARow() {
        fail(5);

        assertThat(asked).isEqualTo(3);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void triesAgainAfterThePauseAndOpensAtOnceWhenThatFails() {
        fail(3);
        now.set(now.get().plus(PAUSE));

        fail(2);

        assertThat(asked).isEqualTo(4);
    }

    @Test
    void letsOneCallTryWhileTheOthersFail() {
        fail(3);
        now.set(now.get().plus(PAUSE));

        String answer = breaker.call(() -> {
            fail(1);
            return "there";
        });

        assertThat(answer).isEqualTo("there");
        assertThat(asked).isEqualTo(3);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void closesWhenAProbeIsAnswered() {
        fail(3);

        assertThat(breaker.probe(() -> "there")).isEqualTo("there");

        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void doesNotCountAServerThatRefusesAsAway() {
        fail(2);
        assertThatThrownBy(() -> breaker.call(CircuitBreakerTest::refused)).hasMessageContaining("QP-GRAPH-003");

        fail(2);

        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }
}
