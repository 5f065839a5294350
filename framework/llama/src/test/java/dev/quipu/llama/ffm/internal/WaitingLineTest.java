package dev.quipu.llama.ffm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.Share;
import dev.quipu.llama.Share.Priority;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
    private final Tasks tasks = new Tasks();
    private final FairShare shares = new FairShare();
    private final WaitingLine line = new WaitingLine(1000, shares);

    private Task offer(Task task) {
        assertThat(line.offer(task)).isEqualTo(WaitingLine.Offer.TAKEN);
        return task;
    }

    private Task take() {
        Task task = line.next(t -> true).orElseThrow();
        line.remove(task);
        return task;
    }

    @Test
    void servesEqualRequestsInTheOrderOfTheirArrival() {
        Task first = offer(tasks.of(1));
        Task second = offer(tasks.of(1));

        assertThat(take()).isSameAs(first);
        assertThat(take()).isSameAs(second);
    }

    @Test
    void servesTenantsByTheirWeights() {
        for (int i = 0; i < 300; i++) {
            offer(tasks.of(Share.of("light"), 1));
            offer(tasks.of(Share.of("heavy").withWeight(3), 1));
        }
        Map<String, Integer> served = new HashMap<>();

        for (int i = 0; i < 200; i++) {
            Task task = take();
            served.merge(task.share().tenant(), 1, Integer::sum);
            line.charge(task, 10);
        }

        assertThat(served.get("heavy")).isBetween(149, 151);
    }

    @Test
    void aFloodOfOneTenantDoesNotHoldAnotherUp() {
        for (int i = 0; i < 100; i++) {
            line.charge(offer(tasks.of(Share.of("flood"), 1)), 1);
        }

        Task other = offer(tasks.of(Share.of("other"), 1));
        line.charge(take(), 1);

        assertThat(line.next(t -> true)).contains(other);
    }

    @Test
    void aTenantThatWasAwayHasNoCredit() {
        Task busy = offer(tasks.of(Share.of("busy"), 1));
        line.charge(busy, 1000);
        Task back = offer(tasks.of(Share.of("back"), 1));

        line.charge(back, 1);

        assertThat(shares.time("back")).isEqualTo(1001);
    }

    @Test
    void forgetsTenantsThatLeft() {
        for (int i = 0; i < 1000; i++) {
            Task task = offer(tasks.of(Share.of("tenant " + i), 1));
            line.charge(task, 5);
            line.remove(task);
            line.ended(task);
        }

        assertThat(shares.size()).isZero();
    }

    @Test
    void aPriorityOrdersRequestsOfItsOwnTenantOnly() {
        offer(tasks.of(Share.of("a"), 1));
        Task urgent = offer(tasks.of(Share.of("a").withPriority(Priority.HIGH), 1));
        Task other = offer(tasks.of(Share.of("b").withPriority(Priority.LOW), 1));

        Task first = take();
        line.charge(first, 1);

        assertThat(first).isSameAs(urgent);
        assertThat(take()).isSameAs(other);
    }

    @Test
    void theNearestDeadlineGoesFirst() {
        offer(tasks.of(Share.DEFAULT, Duration.ofMinutes(5), AdapterSet.NONE, 1));
        Task near = offer(tasks.of(Share.DEFAULT, Duration.ofMinutes(1), AdapterSet.NONE, 1));

        assertThat(take()).isSameAs(near);
    }

    @Test
    void takesNoMoreThanItsLimitButTakesBackWhatRan() {
        WaitingLine small = new WaitingLine(1, new FairShare());
        Task ran = tasks.of(1);
        small.offer(ran);
        small.remove(ran);
        small.offer(tasks.of(1));

        small.back(ran);

        assertThat(small.offer(tasks.of(1))).isEqualTo(WaitingLine.Offer.FULL);
        assertThat(small.size()).isEqualTo(2);
    }

    @Test
    void takesNothingOnceClosed() {
        line.close();

        assertThat(line.offer(tasks.of(1))).isEqualTo(WaitingLine.Offer.CLOSED);
    }
}
