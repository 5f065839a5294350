package dev.quipu.llama.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineCapabilities;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every engine must do, with the real {@code smollm2-135m}. Runs with the provider that is alone on the class path of
 * the subclass.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract
        implements TokenContract, SamplingContract, GenerationContract, GrammarContract, LimitContract {
    private final Path model = ModelStore.standard().pull("smollm2-135m", PullListener.NONE);
    private final List<Double> progress = new CopyOnWriteArrayList<>();
    private final Engine engine = Engine.load(options()
            .contextSize(2048)
            .sequences(4)
            .threads(1)
            .progress(progress::add)
            .build());

    /** Where a provider under test needs more than the model's file. */
    @Override
    public EngineOptions.Builder options() {
        return EngineOptions.builder(model);
    }

    /** What the provider under test says of itself. */
    protected abstract EngineCapabilities expectedCapabilities();

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public Path model() {
        return model;
    }

    @BeforeAll
    void isTheProviderUnderTest() {
        assertThat(engine.capabilities()).isEqualTo(expectedCapabilities());
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @Test
    void tellsTheProgressOfLoading() {
        assertThat(progress)
                .isSorted()
                .allMatch(share -> share >= 0 && share <= 1)
                .endsWith(1.0);
    }

    @Test
    void describesTheModel() {
        assertThat(engine.model().description()).containsIgnoringCase("llama");
        assertThat(engine.model().contextSize()).isEqualTo(2048);
        assertThat(engine.model().trainedContext()).isEqualTo(8192);
        assertThat(engine.model().vocabulary()).isEqualTo(49_152);
        assertThat(engine.model().parameters()).isEqualTo(134_515_008L);
        assertThat(engine.model().eosToken()).isEqualTo("<|im_end|>");
    }
}
