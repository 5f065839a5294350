package dev.quipu.llama.ffm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.ffm.internal.PassPlan.Demand;
import dev.quipu.llama.ffm.internal.PassPlan.Portion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PassPlanTest {
    private final Tasks tasks = new Tasks();

    private Demand prompt(int tokens) {
        return new Demand(tasks.of(1), tokens, false);
    }

    private Demand decoding() {
        return new Demand(tasks.of(1), 1, true);
    }

    private static List<Integer> sizes(List<Portion> plan) {
        return plan.stream().map(Portion::tokens).toList();
    }

    @Test
    void aPromptAloneHasTheWholePass() {
        List<Portion> plan = PassPlan.of(List.of(prompt(2000)), 512, 128);

        assertThat(sizes(plan)).containsExactly(512);
    }

    @Test
    void besideSequencesThatDecodeAPromptHasOneChunk() {
        List<Portion> plan = PassPlan.of(List.of(prompt(2000), decoding(), decoding()), 512, 128);

        assertThat(sizes(plan)).containsExactly(1, 1, 128);
    }

    @Test
    void promptsHaveMoreChunksWhereMoreOfThemWaitThanDecode() {
        List<Portion> plan =
                PassPlan.of(List.of(decoding(), prompt(100), prompt(100), prompt(100), prompt(100)), 512, 64);

        assertThat(plan.stream().mapToInt(Portion::tokens).sum()).isEqualTo(1 + 4 * 64);
    }

    @Test
    void manyShortPromptsShareAPass() {
        List<Portion> plan = PassPlan.of(List.of(prompt(20), prompt(30), prompt(10)), 512, 128);

        assertThat(sizes(plan)).containsExactly(10, 20, 30);
    }

    @Test
    void aShortPromptPassesALongOneWhichAdvancesToo() {
        Demand longest = prompt(4000);
        Demand brief = prompt(300);

        List<Portion> plan = PassPlan.of(List.of(longest, brief), 512, 128);

        assertThat(plan).containsExactly(new Portion(brief.task(), 300), new Portion(longest.task(), 212));
    }

    @Test
    void theOldestPromptAdvancesHoweverManyShortOnesCome() {
        List<Demand> demands = new ArrayList<>(List.of(prompt(4000)));
        for (int i = 0; i < 100; i++) {
            demands.add(prompt(64));
        }

        List<Portion> plan = PassPlan.of(demands, 512, 128);

        assertThat(plan).contains(new Portion(demands.getFirst().task(), 128));
    }

    @RepeatedTest(50)
    void neverExceedsTheRoomAndNeverLeavesItUnused(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Demand> demands = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            demands.add(random.nextBoolean() ? decoding() : prompt(1 + random.nextInt(300)));
        }
        int capacity = 32 + random.nextInt(500);
        int chunk = 1 + random.nextInt(200);

        List<Portion> plan = PassPlan.of(demands, capacity, chunk);

        Map<Task, Integer> wanted = new HashMap<>();
        demands.forEach(d -> wanted.put(d.task(), d.tokens()));
        assertThat(plan).allMatch(p -> p.tokens() > 0 && p.tokens() <= wanted.getOrDefault(p.task(), 0));
        assertThat(plan.stream().map(Portion::task)).doesNotHaveDuplicates();
        long decoding = demands.stream().filter(Demand::decodes).count();
        int prompts = demands.stream()
                .filter(d -> !d.decodes())
                .mapToInt(Demand::tokens)
                .sum();
        long waiting = demands.size() - decoding;
        long room = decoding == 0 ? capacity : Math.min(capacity - decoding, chunk * Math.max(1, waiting / decoding));
        int planned = plan.stream().mapToInt(Portion::tokens).sum();
        assertThat((long) planned).isEqualTo(decoding + Math.min(prompts, room));
    }
}
