package dev.quipu.llama.ffm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    @Test
    void growsWithHowLongRequestsTakeAndHowManyWait() {
        RetryAfter after = new RetryAfter(4);
        after.served(Duration.ofSeconds(20).toNanos());

        assertThat(after.estimate(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(after.estimate(40)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void staysBetweenASecondAndAMinute() {
        RetryAfter after = new RetryAfter(1);

        assertThat(after.estimate(100)).isEqualTo(Duration.ofSeconds(1));
        after.served(Duration.ofHours(1).toNanos());
        assertThat(after.estimate(100)).isEqualTo(Duration.ofMinutes(1));
    }
}
