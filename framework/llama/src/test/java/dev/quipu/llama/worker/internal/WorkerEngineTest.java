package dev.quipu.llama.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineCapabilities;
import dev.quipu.llama.EngineLostException;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import dev.quipu.llama.contract.EngineContract;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The engine's contract across processes, and what becomes of it when one is killed. */
class WorkerEngineTest extends EngineContract {
    private static final GenerationRequest SHORT =
            GenerationRequest.of("The capital of France is").withMaxTokens(8);
    private static final String ENDLESS = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,";

    @Override
    public EngineOptions.Builder options() {
        return super.options().isolated(true);
    }

    @Override
    protected EngineCapabilities expectedCapabilities() {
        return new EngineCapabilities("native", true, true, true, true, true, true, true, true);
    }

    @Test
    void aKilledProcessFailsItsRequestsAndIsReplaced() throws Exception {
        try (WorkerEngine engine = small()) {
            GenerationResult before = engine.generate(SHORT).await();
            Generation running = engine.generate(GenerationRequest.of(ENDLESS).withMaxTokens(400));
            running.next();
            ProcessHandle killed = engine.process();

            killed.destroyForcibly();

            assertThatThrownBy(running::await)
                    .isInstanceOf(EngineLostException.class)
                    .hasMessageStartingWith("QP-ENGINE-019");
            assertThat(engine.generate(SHORT).await().text()).isEqualTo(before.text());
            assertThat(engine.process().pid()).isNotEqualTo(killed.pid());
        }
    }

    @Test
    void tellsWhatItLastHeardWhileItsProcessIsAway() throws Exception {
        try (WorkerEngine engine = small()) {
            engine.generate(SHORT).await();
            long drawn = engine.metrics().counters().outputTokens();
            ProcessHandle killed = engine.process();

            killed.destroyForcibly();
            killed.onExit().get(20, TimeUnit.SECONDS);

            assertThat(drawn).isPositive();
            assertThat(engine.metrics().counters().outputTokens()).isIn(drawn, 0L);
        }
    }

    @Test
    void survivesBeingKilledAgainAndAgain() throws Exception {
        try (WorkerEngine engine = small()) {
            String text = engine.generate(SHORT).await().text();

            for (int i = 0; i < 3; i++) {
                engine.process().destroyForcibly();

                assertThat(untilAnswered(engine)).isEqualTo(text);
            }
        }
    }

    /** The kill may be noticed only when the request has been sent. */
    private static String untilAnswered(Engine engine) throws InterruptedException {
        while (true) {
            try {
                return engine.generate(SHORT).await().text();
            } catch (EngineLostException e) {
                assertThat(e.retryAfter()).isPositive();
            }
        }
    }

    @Test
    void closingEndsTheProcess() throws Exception {
        WorkerEngine engine = small();
        ProcessHandle process = engine.process();

        engine.close();

        process.onExit().get(20, TimeUnit.SECONDS);
        assertThat(process.isAlive()).isFalse();
    }

    private WorkerEngine small() {
        return new WorkerEngine(
                options().contextSize(512).sequences(2).threads(1).build());
    }
}
