package dev.quipu.codegen;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CodeRequestTest {
    @Test
    void tenMegabytesOfCodeAreRefusedWithTheirSize() {
        String large = "x = 1\n".repeat(10_000_000 / 6);

        assertThatThrownBy(() -> CodeRequest.builder().stub(large).build())
                .hasMessageContaining("QP-CODE-001")
                .hasMessageContaining("9999996 bytes");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        String latin = new String("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> CodeRequest.of(latin))
                .hasMessageContaining("QP-CODE-001")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void saysNothingIsRefused() {
        assertThatThrownBy(() -> CodeRequest.of("  ")).hasMessageContaining("says nothing");
    }
}
