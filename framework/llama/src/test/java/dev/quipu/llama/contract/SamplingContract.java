package dev.quipu.llama.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.Sampling;
import org.junit.jupiter.api.Test;

/** How tokens are drawn. What leaves a single choice has to give the greedy text, whatever the temperature. */
interface SamplingContract extends EngineFixture {
    GenerationRequest STORY =
            GenerationRequest.of("Once upon a time there was a").withMaxTokens(12);
    GenerationRequest COUNT = GenerationRequest.of(ENDLESS).withMaxTokens(12);
    Sampling HOT = Sampling.GREEDY.withTemperature(1.5f).withSeed(7);

    @Test
    default void greedyTextIsTheSameEachTime() throws InterruptedException {
        String first = text(COUNT);

        assertThat(text(COUNT)).isEqualTo(first).isNotBlank();
    }

    @Test
    default void temperatureSpreadsTheChoice() throws InterruptedException {
        String hot = text(STORY.withSampling(HOT));

        assertThat(hot).isNotEqualTo(text(STORY));
    }

    @Test
    default void aSeedGivesItsTextAgain() throws InterruptedException {
        String first = text(STORY.withSampling(HOT));

        assertThat(text(STORY.withSampling(HOT))).isEqualTo(first);
        assertThat(text(STORY.withSampling(HOT.withSeed(8)))).isNotEqualTo(first);
    }

    @Test
    default void oneCandidateLeavesNoChoice() throws InterruptedException {
        String greedy = text(COUNT);

        assertThat(text(COUNT.withSampling(HOT.withTopK(1)))).isEqualTo(greedy);
        assertThat(text(COUNT.withSampling(HOT.withTopP(0)))).isEqualTo(greedy);
        assertThat(text(COUNT.withSampling(HOT.withMinP(1)))).isEqualTo(greedy);
    }

    @Test
    default void eachPenaltyDrivesFromWhatWasSaid() throws InterruptedException {
        String count = text(COUNT);

        assertThat(count).contains("13, 14, 15");
        assertThat(text(COUNT.withSampling(Sampling.GREEDY.withPenalties(3, 0, 0))))
                .isNotEqualTo(count);
        assertThat(text(COUNT.withSampling(Sampling.GREEDY.withPenalties(1, 5, 0))))
                .isNotEqualTo(count);
        assertThat(text(COUNT.withSampling(Sampling.GREEDY.withPenalties(1, 0, 8))))
                .isNotEqualTo(count);
    }

    @Test
    default void penaltiesKnowThePrompt() throws InterruptedException {
        GenerationRequest one = COUNT.withMaxTokens(1);

        assertThat(text(one.withSampling(Sampling.GREEDY.withPenalties(1, 0, 10))))
                .isNotEqualTo(text(one));
    }
}
