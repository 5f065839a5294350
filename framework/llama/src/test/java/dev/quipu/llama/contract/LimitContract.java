package dev.quipu.llama.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Retryable;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and how. */
interface LimitContract extends EngineFixture {
    @Test
    default void refusesAnEmptyPrompt() {
        EngineFixture.assertFails(EngineError.OPTION, () -> run(GenerationRequest.of("")));
    }

    @Test
    default void refusesAPromptThatDoesNotFitAndSaysByHowMuch() {
        String prompt = "word ".repeat(20_000);

        EngineFixture.assertFails(EngineError.PROMPT_TOO_LONG, () -> run(GenerationRequest.of(prompt)))
                .hasMessageContaining(String.valueOf(engine().tokenize(prompt, true).length))
                .hasMessageContaining("2048")
                .hasMessageContaining("holds")
                .hasMessageContaining("quipu.engine.context-size");
    }

    @Test
    default void refusesMoreThanItsQueueHolds() throws InterruptedException {
        try (Engine engine = load(b -> b.queueLimit(1));
                Generation running =
                        engine.generate(GenerationRequest.of(ENDLESS).withMaxTokens(400))) {
            running.next();
            Generation waiting = engine.generate(GenerationRequest.of("Hello").withMaxTokens(2));

            EngineFixture.assertFails(EngineError.BUSY, () -> engine.generate(GenerationRequest.of("Hi")))
                    .hasMessageContaining("quipu.engine.queue-limit")
                    .isInstanceOfSatisfying(
                            Retryable.class, e -> assertThat(e.retryAfter()).isPositive());

            assertThat(engine.counters().running()).isEqualTo(1);
            assertThat(engine.counters().waiting()).isEqualTo(1);
            running.cancel();
            assertThat(waiting.await().outputTokens()).isPositive();
        }
    }

    @Test
    default void endsARequestThatIsTooLate() {
        GenerationRequest late = GenerationRequest.of("Hello").withDeadline(Duration.ofNanos(1));

        EngineFixture.assertFails(EngineError.DEADLINE, () -> run(late));
    }

    @Test
    default void aReaderThatWentAwayKeepsItsSequenceOnlyUntilItsDeadline() throws InterruptedException {
        try (Engine engine = load(b -> b)) {
            Generation forgotten = engine.generate(
                    GenerationRequest.of(ENDLESS).withMaxTokens(400).withDeadline(Duration.ofMillis(700)));

            String next = EngineFixture.run(
                            engine, GenerationRequest.of("Hello").withMaxTokens(2))
                    .text();

            assertThat(next).isNotEmpty();
            EngineFixture.assertFails(EngineError.DEADLINE, forgotten::await);
        }
    }

    @Test
    default void closingEndsWhatRunsAndWhatWaits() throws InterruptedException {
        Engine engine = load(b -> b);
        Generation running = engine.generate(GenerationRequest.of(ENDLESS).withMaxTokens(400));
        running.next();
        Generation waiting = engine.generate(GenerationRequest.of("Hello"));

        engine.close();

        EngineFixture.assertFails(EngineError.CLOSED, running::await);
        EngineFixture.assertFails(EngineError.CLOSED, waiting::await);
    }

    @Test
    default void refusesWorkOnceClosed() {
        Engine engine = load(b -> b);

        engine.close();
        engine.close();

        EngineFixture.assertFails(EngineError.CLOSED, () -> engine.generate(GenerationRequest.of("Hello")));
        EngineFixture.assertFails(EngineError.CLOSED, () -> engine.tokenize("Hello", true));
        EngineFixture.assertFails(EngineError.CLOSED, () -> engine.detokenize(new int[] {1}, true));
    }

    @Test
    default void refusesAContextBeyondTheModelsTraining() {
        EngineFixture.assertFails(EngineError.OPTION, () -> load(b -> b.contextSize(100_000)))
                .hasMessageContaining("100000")
                .hasMessageContaining("8192");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 1_000, 2_000_000, 60_000_000})
    default void refusesATruncatedModelAndGoesOn(int bytes, @TempDir Path folder) throws Exception {
        Path cut = folder.resolve("cut.gguf");
        try (var in = Files.newInputStream(model());
                var out = Files.newOutputStream(cut)) {
            out.write(in.readNBytes(bytes));
        }

        EngineFixture.assertFails(
                EngineError.MODEL, () -> Engine.load(EngineOptions.builder(cut).build()));

        assertThat(text(GenerationRequest.of("Hello").withMaxTokens(2))).isNotEmpty();
    }

    @Test
    default void refusesAModelThatIsNotThere(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.gguf");

        EngineFixture.assertFails(
                        EngineError.MODEL,
                        () -> Engine.load(EngineOptions.builder(missing).build()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("missing.gguf");
    }
}
