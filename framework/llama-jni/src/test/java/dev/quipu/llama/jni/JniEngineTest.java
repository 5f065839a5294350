package dev.quipu.llama.jni;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.llama.EngineCapabilities;
import dev.quipu.llama.contract.EngineContract;
import org.junit.jupiter.api.Test;

class JniEngineTest extends EngineContract {
    @Override
    protected EngineCapabilities expectedCapabilities() {
        return new EngineCapabilities("jni", true, true, false, false, false, false);
    }

    @Test
    void namesTheNativeProviderForATextOfASpecialTokenThatIsToBeOrdinary() {
        assertThatThrownBy(() -> engine().tokenize("<|im_start|>user", false))
                .hasMessageContaining("QP-ENGINE-010")
                .hasMessageContaining("native provider");
    }
}
