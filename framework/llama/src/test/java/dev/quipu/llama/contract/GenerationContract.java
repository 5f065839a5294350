package dev.quipu.llama.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.FinishReason;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a generation delivers, and how it ends. */
interface GenerationContract extends EngineFixture {
    @Test
    default void streamsTheTextOfTheResult() throws InterruptedException {
        List<String> pieces = new ArrayList<>();

        GenerationResult result;
        try (Generation generation =
                engine().generate(GenerationRequest.of(ENDLESS).withMaxTokens(30))) {
            Optional<String> piece = generation.next();
            while (piece.isPresent()) {
                pieces.add(piece.get());
                piece = generation.next();
            }
            result = generation.await();
        }

        assertThat(pieces).hasSizeGreaterThan(10).doesNotContain("");
        assertThat(String.join("", pieces)).isEqualTo(result.text());
    }

    @Test
    default void endsAtTheTokenLimit() throws InterruptedException {
        GenerationResult result = run(GenerationRequest.of(ENDLESS).withMaxTokens(5));

        assertThat(result.finish()).isEqualTo(FinishReason.LENGTH);
        assertThat(result.outputTokens()).isEqualTo(5);
        assertThat(engine().tokenize(result.text(), true)).hasSize(5);
    }

    @Test
    default void endsWhenTheSequenceIsFull() throws InterruptedException {
        try (var small = load(b -> b.contextSize(256))) {
            GenerationResult result =
                    EngineFixture.run(small, GenerationRequest.of(ENDLESS).withMaxTokens(1000));

            assertThat(result.finish()).isEqualTo(FinishReason.LENGTH);
            assertThat(result.promptTokens() + result.outputTokens()).isBetween(250, 257);
        }
    }

    @Test
    default void endsBeforeAStopTextWhereverTokensBegin() throws InterruptedException {
        GenerationRequest request =
                GenerationRequest.of("The capital of France is").withMaxTokens(30);
        String whole = text(request);

        for (int from = 3; from < 9; from++) {
            String stop = whole.substring(from, from + 6);
            GenerationResult result = run(request.withStop(List.of("nowhere to be found", stop)));

            assertThat(result.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
            assertThat(result.finish()).isEqualTo(FinishReason.STOP_TEXT);
        }
    }

    @Test
    default void deliversTextThatOnlyBeganLikeAStopText() throws InterruptedException {
        GenerationRequest request = GenerationRequest.of(ENDLESS).withMaxTokens(8);
        String whole = text(request);

        GenerationResult result = run(request.withStop(List.of(whole.substring(whole.length() - 3) + "never")));

        assertThat(result.text()).isEqualTo(whole);
        assertThat(result.finish()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    default void cancelsWithinOneToken() throws InterruptedException {
        try (Generation generation =
                engine().generate(GenerationRequest.of(ENDLESS).withMaxTokens(400))) {
            generation.next();
            generation.next();

            generation.cancel();
            long drawn = engine().counters().outputTokens();
            GenerationResult result = generation.await();

            assertThat(result.finish()).isEqualTo(FinishReason.CANCELLED);
            assertThat(result.text()).isNotEmpty();
            assertThat(engine().counters().outputTokens()).isLessThanOrEqualTo(drawn + 1);
        }
    }

    @Test
    default void closingAGenerationFreesItsSequence() throws InterruptedException {
        try (var single = load(b -> b)) {
            Generation left = single.generate(GenerationRequest.of(ENDLESS).withMaxTokens(400));
            left.next();
            left.close();

            GenerationResult result =
                    EngineFixture.run(single, GenerationRequest.of("Hello").withMaxTokens(3));

            assertThat(result.outputTokens()).isPositive();
        }
    }

    @Test
    default void conversationsSideBySideHaveTheTextThatEachHasAlone() throws InterruptedException {
        // Sums round otherwise in other batches, so each text is one whose next token is never a close call.
        List<GenerationRequest> requests = List.of(
                GenerationRequest.of(ENDLESS).withMaxTokens(24),
                GenerationRequest.of("2, 4, 6, 8, 10, 12, 14, 16,").withMaxTokens(24),
                GenerationRequest.of("100, 99, 98, 97, 96, 95, 94, 93,").withMaxTokens(24),
                GenerationRequest.of("10, 20, 30, 40, 50, 60, 70,").withMaxTokens(24));
        List<String> alone = new ArrayList<>();
        for (GenerationRequest request : requests) {
            alone.add(text(request));
        }

        List<Generation> running = requests.stream().map(engine()::generate).toList();
        List<String> together = new ArrayList<>();
        for (Generation generation : running) {
            together.add(generation.await().text());
        }

        assertThat(together).isEqualTo(alone);
    }

    @Test
    default void tellsUsageAndTimings() throws InterruptedException {
        GenerationRequest request = GenerationRequest.of(ENDLESS).withMaxTokens(4);

        GenerationResult result = run(request);

        assertThat(result.promptTokens()).isEqualTo(engine().tokenize(ENDLESS, true).length);
        assertThat(result.cachedTokens()).isBetween(0, result.promptTokens() - 1);
        assertThat(result.timings().queued()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(result.timings().toFirstToken())
                .isGreaterThan(result.timings().queued());
        assertThat(result.timings().total()).isGreaterThan(result.timings().toFirstToken());
    }

    @Test
    default void countsWhatItDid() throws InterruptedException {
        var before = engine().counters();

        GenerationResult result = run(GenerationRequest.of("Count with me").withMaxTokens(4));

        var after = engine().counters();
        assertThat(after.outputTokens() - before.outputTokens()).isEqualTo(result.outputTokens());
        assertThat(after.promptTokens() + after.cachedTokens() - before.promptTokens() - before.cachedTokens())
                .isEqualTo(result.promptTokens());
    }
}
