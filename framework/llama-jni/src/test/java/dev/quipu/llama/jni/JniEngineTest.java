package dev.quipu.llama.jni;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.llama.AdapterUse;
import dev.quipu.llama.EngineCapabilities;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.Share;
import dev.quipu.llama.contract.EngineContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class JniEngineTest extends EngineContract {
    @Override
    protected EngineCapabilities expectedCapabilities() {
        return new EngineCapabilities("jni", true, true, false, false, false, false, false, false);
    }

    @Test
    void namesTheNativeProviderForAdaptersAndTenants() {
        GenerationRequest hello = GenerationRequest.of("Hello");

        assertThatThrownBy(() -> engine().generate(hello.withAdapters(List.of(AdapterUse.of("shop")))))
                .hasMessageContaining("QP-ENGINE-010")
                .hasMessageContaining("native provider");
        assertThatThrownBy(() -> engine().generate(hello.withShare(Share.of("shop"))))
                .hasMessageContaining("QP-ENGINE-010")
                .hasMessageContaining("native provider");
        assertThatThrownBy(() -> engine().loadAdapter("shop", model()))
                .hasMessageContaining("QP-ENGINE-010")
                .hasMessageContaining("native provider");
    }

    @Test
    void namesTheNativeProviderForATextOfASpecialTokenThatIsToBeOrdinary() {
        assertThatThrownBy(() -> engine().tokenize("<|im_start|>user", false))
                .hasMessageContaining("QP-ENGINE-010")
                .hasMessageContaining("native provider");
    }
}
