package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.grammar.Grammar;
import dev.quipu.llama.grammar.Judge;
import dev.quipu.llama.grammar.RandomSchema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a real model writes under schemas at random, at a temperature at which it would write anything. All thousand:
 * {@code mvn -pl framework/llama -am test -Dtest=SchemaOutputTest -Dquipu.test.excludedTags=gpu
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class SchemaOutputTest {
    private static final int TOKENS = 400;

    @Test
    void outputSatisfiesItsSchema() throws InterruptedException {
        assertThat(whole(0, 24)).isGreaterThan(12);
    }

    @Test
    @Tag("long")
    void everyOutputOfAThousandSatisfiesItsSchema() throws InterruptedException {
        assertThat(whole(10_000, 1_000)).isGreaterThan(900);
    }

    /** Judges outputs that came to their end, and counts them; those that were cut off have to say so. */
    private static int whole(int firstSeed, int count) throws InterruptedException {
        int whole = 0;
        for (int from = 0; from < count; from += 4) {
            List<RandomSchema.Case> drawn = new ArrayList<>();
            List<Generation> running = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + 4); i++) {
                drawn.add(new RandomSchema(firstSeed + i).next());
                running.add(ChatModels.engine()
                        .generate(GenerationRequest.of("Some data as JSON:\n")
                                .withSampling(
                                        Sampling.BALANCED.withTemperature(1).withSeed(i))
                                .withMaxTokens(TOKENS)
                                .withGrammar(Grammar.jsonSchema(
                                        drawn.getLast().schema().toString()))));
            }
            for (int i = 0; i < running.size(); i++) {
                GenerationResult result = running.get(i).await();
                if (result.finish() == FinishReason.END) {
                    new Judge(drawn.get(i).schema()).accepts(result.text());
                    whole++;
                } else {
                    assertThat(result.finish()).isEqualTo(FinishReason.LENGTH);
                }
            }
        }
        return whole;
    }
}
