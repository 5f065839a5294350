package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/**
 * Replays kept inputs; with {@code JAZZER_FUZZ=1} in the environment it searches for new ones.
 */
class GgufFuzzTest {
    @FuzzTest
    void endsWithAHeaderOrATypedError(byte[] bytes) throws IOException {
        try {
            GgufFile file = ModelCheck.require(new ByteChannel(bytes));
            assertThat(file.tensors()).isNotEmpty();
        } catch (GgufException e) {
            assertThat(e.code()).isInstanceOf(GgufError.class);
        }
    }
}
