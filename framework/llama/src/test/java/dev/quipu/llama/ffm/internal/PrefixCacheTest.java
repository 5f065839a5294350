package dev.quipu.llama.ffm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixCacheTest {
    private final MemoryModel memory = new MemoryModel();
    private final List<Integer> evicted = new ArrayList<>();

    private PrefixCache cache(int cells, int sequences, int kept) {
        return new PrefixCache(memory, cells, sequences, kept, h -> evicted.add(h.tokens.length));
    }

    @Test
    void aPromptThatContinuesAConversationTakesItsCellsOver() {
        PrefixCache cache = cache(100, 2, 4);
        run(cache, "", range(0, 20));

        Held held = cache.open("", range(0, 30));

        assertThat(cache.computed(held)).isEqualTo(20);
        assertThat(cache.idleCount()).isZero();
        assertThat(cache.used()).isEqualTo(20);
    }

    @Test
    void aPromptThatBranchesOffSharesTheBeginningAndLeavesTheOtherWhole() {
        PrefixCache cache = cache(100, 2, 4);
        run(cache, "", range(0, 20));

        Held held = cache.open("", join(range(0, 10), range(50, 60)));

        assertThat(cache.computed(held)).isEqualTo(10);
        assertThat(cache.idleCount()).isEqualTo(1);
        assertThat(cache.used()).isEqualTo(20);
    }

    @Test
    void theLastTokenOfAPromptIsAlwaysComputed() {
        PrefixCache cache = cache(100, 2, 4);
        run(cache, "", range(0, 20));

        Held held = cache.open("", range(0, 20));

        assertThat(cache.computed(held)).isEqualTo(19);
    }

    @Test
    void promptsThatArriveTogetherComputeWhatTheyShareOnce() {
        PrefixCache cache = cache(1000, 16, 16);
        List<Held> all = IntStream.range(0, 16)
                .mapToObj(i -> cache.open("", join(range(0, 400), range(1000 + 50 * i, 1020 + 50 * i))))
                .toList();

        assertThat(all.subList(1, 16)).allMatch(cache::waits);
        assertThat(cache.waits(all.getFirst())).isFalse();
        compute(cache, all.getFirst(), 420);

        assertThat(all).noneMatch(cache::waits);
        assertThat(all).allMatch(h -> cache.computed(h) >= 400);
        assertThat(cache.used()).isEqualTo(420);
    }

    @Test
    void nobodyWaitsForOneThatStandsStill() {
        PrefixCache cache = cache(1000, 4, 4);
        Held first = cache.open("", range(0, 100));
        Held second = cache.open("", range(0, 101));

        first.advances = false;

        assertThat(cache.waits(second)).isFalse();
    }

    @Test
    void whoWaitedGoesOnWithWhatAnotherComputedBeforeItEnded() {
        PrefixCache cache = cache(1000, 4, 4);
        Held first = cache.open("", range(0, 100));
        Held second = cache.open("", range(0, 101));
        compute(cache, first, 60);

        cache.close(first, first.tokens);

        assertThat(cache.waits(second)).isFalse();
        assertThat(cache.computed(second)).isEqualTo(60);
    }

    @Test
    void sharesNothingAcrossAdapters() {
        PrefixCache cache = cache(100, 2, 4);
        run(cache, "shop", range(0, 20));

        Held held = cache.open("", range(0, 30));

        assertThat(cache.computed(held)).isZero();
    }

    @Test
    void withoutKeptPrefixesEverythingIsComputed() {
        PrefixCache cache = cache(100, 2, 0);
        run(cache, "", range(0, 20));
        Held first = cache.open("", range(0, 30));
        compute(cache, first, 30);

        Held second = cache.open("", range(0, 40));

        assertThat(cache.waits(second)).isFalse();
        assertThat(cache.computed(second)).isZero();
    }

    @Test
    void whatOthersTookOverOutlivesWhatNobodyAskedForAgain() {
        PrefixCache cache = cache(100, 2, 4);
        run(cache, "", range(0, 40));
        run(cache, "", join(range(0, 20), range(50, 60)));

        assertThat(cache.room(100 - 20)).isTrue();

        Held again = cache.open("", range(0, 20));
        assertThat(cache.computed(again)).isEqualTo(19);
    }

    @Test
    void aLongRecentConversationOutlivesAShortOldOne() {
        PrefixCache cache = cache(100, 2, 4);
        run(cache, "", range(0, 10));
        run(cache, "", range(50, 90));

        assertThat(cache.room(55)).isTrue();

        assertThat(evicted).containsExactly(10);
    }

    @Test
    void cellsOfRunningSequencesAreNeverGivenAway() {
        PrefixCache cache = cache(100, 2, 4);
        Held held = cache.open("", range(0, 60));
        compute(cache, held, 60);

        assertThat(cache.room(41)).isFalse();

        assertThat(cache.computed(held)).isEqualTo(60);
    }

    @Test
    void countsASharedBeginningOnceWhenItAsksWhetherPromptsFit() {
        PrefixCache cache = cache(500, 16, 16);
        for (int i = 0; i < 5; i++) {
            cache.open("", join(range(0, 400), range(1000 + 50 * i, 1010 + 50 * i)));
        }

        assertThat(cache.fits("", join(range(0, 400), range(2000, 2010)), 0)).isTrue();
        assertThat(cache.fits("", join(range(3, 400), range(2000, 2010)), 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void neverLosesOrMixesUpACell(long seed) {
        Random random = new Random(seed);
        PrefixCache cache = cache(120, 5, 1 + random.nextInt(6));
        List<Held> running = new ArrayList<>();

        for (int step = 0; step < 600; step++) {
            int choice = random.nextInt(10);
            if (choice < 3 && running.size() < 5) {
                running.add(cache.open(
                        random.nextInt(4) == 0 ? "adapter" : "",
                        random.ints(1 + random.nextInt(30), 0, 2).toArray()));
            } else if (choice < 8 && !running.isEmpty()) {
                Held held = running.get(random.nextInt(running.size()));
                int left = held.tokens.length - cache.computed(held);
                if (left > 0 && !cache.waits(held)) {
                    left = held.tokens.length - cache.computed(held);
                    int count = 1 + random.nextInt(left);
                    if (cache.room(count)) {
                        compute(cache, held, count);
                    }
                }
            } else if (!running.isEmpty()) {
                Held held = running.remove(random.nextInt(running.size()));
                cache.close(held, held.tokens);
            }
            check(cache, running);
        }
    }

    private void check(PrefixCache cache, List<Held> running) {
        assertThat(cache.used()).isEqualTo(memory.used());
        List<Held> all = new ArrayList<>(running);
        all.addAll(cache.idle());
        for (Held held : all) {
            List<Integer> wanted = Arrays.stream(held.tokens).boxed().toList();
            assertThat(memory.tokens(held.sequence)).isEqualTo(wanted.subList(0, cache.computed(held)));
        }
        assertThat(all.stream().map(h -> h.sequence)).doesNotHaveDuplicates();
    }

    private void run(PrefixCache cache, String key, int[] tokens) {
        Held held = cache.open(key, tokens);
        compute(cache, held, tokens.length - cache.computed(held));
        cache.close(held, tokens);
    }

    private void compute(PrefixCache cache, Held held, int count) {
        int from = cache.computed(held);
        for (int i = from; i < from + count; i++) {
            memory.compute(held.sequence, held.tokens[i]);
        }
        cache.grow(held, count);
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static int[] join(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }
}
