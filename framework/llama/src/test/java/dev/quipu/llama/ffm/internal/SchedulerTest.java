package dev.quipu.llama.ffm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.Share;
import dev.quipu.llama.Share.Priority;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerTest {
    private final Tasks tasks = new Tasks();
    private final MemoryModel memory = new MemoryModel();
    private final WaitingLine line = new WaitingLine(1000, new FairShare());
    private PrefixCache cache = new PrefixCache(memory, 256, 4, 8, h -> {});
    private Scheduler scheduler = new Scheduler(cache, line, 4, 64, 16);

    private Task submit(Task task) {
        line.offer(task);
        return task;
    }

    private void admit() {
        while (scheduler.admit().isPresent()) {
            // Each one that has a sequence may be followed by another.
        }
    }

    /** Computes a pass and draws the number of the position as each next token. */
    private List<PassPlan.Portion> pass() {
        List<PassPlan.Portion> plan = scheduler.plan();
        for (PassPlan.Portion portion : plan) {
            Task task = portion.task();
            int from = cache.computed(task.held());
            for (int i = from; i < from + portion.tokens(); i++) {
                memory.compute(task.held().sequence, task.token(i));
            }
        }
        if (!plan.isEmpty()) {
            scheduler.computed(plan);
        }
        for (PassPlan.Portion portion : plan) {
            Task task = portion.task();
            if (cache.computed(task.held()) == task.length()) {
                task.drawn(task.length());
            }
        }
        return plan;
    }

    @Test
    void givesNoMoreSequencesThanItHas() {
        for (int i = 0; i < 6; i++) {
            submit(tasks.of(i, 1, 2));
        }

        admit();

        assertThat(scheduler.running()).hasSize(4);
        assertThat(line.size()).isEqualTo(2);
    }

    @Test
    void letsInNoPromptThatWouldPushOthersOut() {
        Task first = submit(tasks.of(Tasks.tokens(0, 150)));
        Task second = submit(tasks.of(Tasks.tokens(1000, 150)));

        admit();

        assertThat(scheduler.running()).containsExactly(first);
        scheduler.end(first);
        admit();
        assertThat(scheduler.running()).containsExactly(second);
    }

    @Test
    void whenCellsRunOutTheNewestGenerationWaitsAndTheOldestGoesOn() {
        Task oldest = submit(tasks.of(Tasks.tokens(0, 80)));
        Task newest = submit(tasks.of(Tasks.tokens(1000, 80)));
        admit();
        assertThat(scheduler.running()).containsExactly(oldest, newest);

        while (scheduler.running().size() == 2) {
            assertThat(pass()).isNotEmpty();
        }

        assertThat(scheduler.running()).containsExactly(oldest);
        assertThat(line.all()).containsExactly(newest);
        assertThat(newest.generated()).isGreaterThan(30);
        assertThat(scheduler.preemptions()).isEqualTo(1);
    }

    @Test
    void oneOfLowPriorityGivesWayBeforeANewerOne() {
        Task low = submit(tasks.of(Share.DEFAULT.withPriority(Priority.LOW), Tasks.tokens(0, 80)));
        Task newer = submit(tasks.of(Tasks.tokens(1000, 80)));
        admit();

        while (scheduler.running().size() == 2) {
            pass();
        }

        assertThat(scheduler.running()).containsExactly(newer);
        assertThat(line.all()).containsExactly(low);
    }

    @Test
    void oneThatGaveWayGoesOnWhereItWas() {
        Task oldest = submit(tasks.of(Tasks.tokens(0, 80)));
        Task newest = submit(tasks.of(Tasks.tokens(1000, 80)));
        admit();
        while (scheduler.running().size() == 2) {
            pass();
        }
        int generated = newest.generated();

        scheduler.end(oldest);
        admit();
        while (newest.generated() == generated) {
            assertThat(pass()).isNotEmpty();
        }

        assertThat(memory.tokens(newest.held().sequence))
                .hasSize(newest.length() - 1)
                .startsWith(1000, 1001)
                .endsWith(newest.length() - 2);
    }

    @Test
    void keptPrefixesGiveWayBeforeAnyGeneration() {
        Task done = submit(tasks.of(Tasks.tokens(5000, 100)));
        admit();
        pass();
        pass();
        scheduler.end(done);
        submit(tasks.of(Tasks.tokens(0, 150)));
        admit();

        for (int i = 0; i < 60; i++) {
            pass();
        }

        assertThat(cache.idleCount()).isZero();
        assertThat(scheduler.preemptions()).isZero();
    }

    /** One whose reader stands still, on an engine of one sequence. */
    private Task still() {
        cache = new PrefixCache(memory, 256, 1, 8, h -> {});
        scheduler = new Scheduler(cache, line, 1, 64, 16);
        Task still = submit(tasks.of(1, 2, 3));
        admit();
        pass();
        for (int i = 0; still.stream().wanted(); i++) {
            still.stream().emit("piece " + i);
        }
        return still;
    }

    @Test
    void aReaderThatStandsStillGivesItsSequenceToOneThatWaits() {
        Task still = still();
        Task next = submit(tasks.of(7, 8, 9));

        admit();

        assertThat(scheduler.running()).containsExactly(next);
        assertThat(line.all()).containsExactly(still);
    }

    @Test
    void aReaderThatReadsAgainGetsASequenceAgain() throws InterruptedException {
        Task still = still();
        Task next = submit(tasks.of(7, 8, 9));
        admit();
        scheduler.end(next);
        admit();
        assertThat(scheduler.running()).isEmpty();

        still.stream().next();
        admit();

        assertThat(scheduler.running()).containsExactly(still);
        assertThat(cache.computed(still.held())).isEqualTo(3);
    }

    @Test
    void aPassHasOneSetOfAdapters() {
        submit(tasks.of(1, 2, 3));
        Task shop = submit(tasks.of(Share.DEFAULT, java.time.Duration.ofHours(1), Tasks.adapters("shop"), 1, 2, 3));
        admit();
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < 20; i++) {
            List<PassPlan.Portion> plan = pass();
            assertThat(plan.stream().map(p -> p.task().adapters().key()).distinct())
                    .hasSize(1);
            seen.add(plan.getFirst().task().adapters().key());
        }

        assertThat(seen).containsExactlyInAnyOrder("", "shop");
        assertThat(shop.generated()).isBetween(5, 15);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyRequestGetsDoneWhateverComes(long seed) {
        Random random = new Random(seed);
        List<Task> all = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        Set<Task> open = new HashSet<>();

        for (int step = 0; step < 6000 && (step < 300 || !open.isEmpty()); step++) {
            if (step < 300 && random.nextInt(3) == 0) {
                Task task = tasks.of(
                        new Share("tenant " + random.nextInt(3), 1 + random.nextInt(3), Priority.NORMAL),
                        random.ints(1 + random.nextInt(100), 0, 2).toArray());
                all.add(submit(task));
                lengths.add(1 + random.nextInt(100));
                open.add(task);
            }
            admit();
            pass();
            for (Task task : scheduler.running()) {
                if (task.generated() >= lengths.get(all.indexOf(task)) || random.nextInt(200) == 0) {
                    scheduler.end(task);
                    open.remove(task);
                }
            }
            assertThat(cache.used()).isEqualTo(memory.used()).isLessThanOrEqualTo(256);
        }

        assertThat(open).isEmpty();
        assertThat(all).hasSizeGreaterThan(60);
    }
}
