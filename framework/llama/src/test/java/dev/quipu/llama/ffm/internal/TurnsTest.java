package dev.quipu.llama.ffm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns();
    private final Map<String, Integer> passes = new HashMap<>();
    private int changes;

    private void run(int count, Map<String, Integer> tokens, Map<String, Double> weights) {
        String last = "";
        for (int i = 0; i < count; i++) {
            String key = turns.next(tokens.keySet());
            turns.charge(key, tokens.getOrDefault(key, 0), weights.getOrDefault(key, 1.0));
            passes.merge(key, 1, Integer::sum);
            changes += key.equals(last) ? 0 : 1;
            last = key;
        }
    }

    @Test
    void setsOfAdaptersAlternate() {
        run(300, Map.of("", 4, "shop", 4, "bank", 4), Map.of());

        assertThat(passes.values()).allMatch(n -> n >= 95 && n <= 105);
    }

    @Test
    void oneKeepsItsTurnForSomePasses() {
        run(300, Map.of("", 4, "shop", 4), Map.of());

        assertThat(changes).isLessThan(120);
    }

    @Test
    void aLongPromptCostsItsSetLaterTurns() {
        run(300, Map.of("prefill", 128, "decode", 2), Map.of());

        assertThat(passes.get("decode")).isGreaterThan(6 * passes.getOrDefault("prefill", 0));
    }

    @Test
    void aHeavyTenantGetsMorePasses() {
        run(400, Map.of("light", 4, "heavy", 4), Map.of("heavy", 3.0));

        assertThat(passes.get("heavy")).isBetween(290, 310);
    }

    @Test
    void oneThatComesLaterDoesNotMakeUpForItsAbsence() {
        run(300, Map.of("", 4), Map.of());
        passes.clear();

        run(100, Map.of("", 4, "shop", 4), Map.of());

        assertThat(passes.get("shop")).isBetween(45, 55);
    }

    @Test
    void forgetsSetsThatHaveNoWork() {
        turns.next(Set.of("a", "b"));

        assertThat(turns.next(Set.of("c"))).isEqualTo("c");
    }
}
