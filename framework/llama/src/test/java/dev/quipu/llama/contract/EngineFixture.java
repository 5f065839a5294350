package dev.quipu.llama.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.ErrorCode;
import dev.quipu.QuipuException;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The engine under test, and how tests speak to it. */
interface EngineFixture {
    /** Continues for ever: it never ends before its token limit. */
    String ENDLESS = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,";

    /** The engine that tests share; they leave it open and idle. */
    Engine engine();

    Path model();

    /** Options for the model, as the engine under test is loaded. */
    EngineOptions.Builder options();

    /** An engine of the test's own, with a small context; the test closes it. */
    default Engine load(UnaryOperator<EngineOptions.Builder> how) {
        return Engine.load(
                how.apply(options().contextSize(512).sequences(1).threads(1)).build());
    }

    default GenerationResult run(GenerationRequest request) throws InterruptedException {
        return run(engine(), request);
    }

    static GenerationResult run(Engine engine, GenerationRequest request) throws InterruptedException {
        try (Generation generation = engine.generate(request)) {
            return generation.await();
        }
    }

    default String text(GenerationRequest request) throws InterruptedException {
        return run(request).text();
    }

    static AbstractThrowableAssert<?, ?> assertFails(ErrorCode code, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        QuipuException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(e.code())
                                .as(e.toString())
                                .isEqualTo(code));
    }
}
