package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that something is wrong with, as the routes read them: an end, and never an error without a type. */
class MutatedRequestsTest {
    @Test
    @Timeout(120)
    void readsOrRefusesMutants() {
        read(0, 5_000);
    }

    /** {@code -Dquipu.test.requests=1000000 -Dquipu.test.first-request=1000000} sets how many and from which. */
    @Test
    @Tag("long")
    void readsOrRefusesManyMutants() {
        read(Long.getLong("quipu.test.first-request", 1_000_000), Long.getLong("quipu.test.requests", 1_000_000));
    }

    private static void read(long first, long count) {
        BadRequests requests = new BadRequests(11);
        long sound = 0;
        for (long number = first; number < first + count; number++) {
            BadRequests.Request request = requests.of(number);
            try {
                sound += RequestReader.reads(request.path(), request.body()) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("request " + number + ": " + request, e);
            }
        }
        // Neither all nor none: else it would be the mutants that do not work.
        assertThat(sound).isBetween(count / 10, count * 2 / 3);
    }
}
