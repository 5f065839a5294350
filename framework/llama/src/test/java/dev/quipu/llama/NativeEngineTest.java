package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.contract.EngineContract;
import org.junit.jupiter.api.Test;

class NativeEngineTest extends EngineContract {
    private static final String ENDLESS = "Count: one, two, three, four, five, six, seven,";

    @Override
    protected EngineCapabilities expectedCapabilities() {
        return new EngineCapabilities("native", true, true, true, true, true, true, true, true);
    }

    @Test
    void takesATextOfASpecialTokenAsOrdinaryText() {
        int[] tokens = engine().tokenize("<|im_start|>user", false);

        assertThat(tokens).hasSizeGreaterThan(2);
        assertThat(engine().detokenize(tokens, false)).isEqualTo("<|im_start|>user");
    }

    @Test
    void aReaderThatStopsReadingStopsTheDecoding() throws InterruptedException {
        GenerationRequest other = GenerationRequest.of(ENDLESS).withMaxTokens(40);

        try (Generation unread = engine().generate(GenerationRequest.of(ENDLESS).withMaxTokens(400))) {
            unread.next();
            // More passes than its buffer has room for: from here on it stands still.
            engine().generate(other).await();
            long before = engine().counters().outputTokens();
            GenerationResult beside = engine().generate(other).await();

            assertThat(engine().counters().outputTokens() - before).isEqualTo(beside.outputTokens());
        }
    }

    @Test
    void computesOnlyWhatIsNewInAPromptThatGrew() throws InterruptedException {
        String beginning = "The shop sells lamps, tables and chairs of many kinds. ";
        GenerationRequest first = GenerationRequest.of(beginning + "Which").withMaxTokens(1);
        GenerationRequest second = GenerationRequest.of(beginning + "What").withMaxTokens(1);

        engine().generate(first).await();
        GenerationResult result = engine().generate(second).await();

        assertThat(result.cachedTokens()).isEqualTo(result.promptTokens() - 1);
    }
}
