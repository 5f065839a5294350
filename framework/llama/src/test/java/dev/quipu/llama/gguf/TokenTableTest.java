package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenTableTest {
    @Test
    void findsTokensByTheirText() throws IOException {
        TokenTable table = table(List.of("a", "", "b\u0000c", "\u00e9"));

        table.requireDistinct();

        assertThat(table.indexOf("b".getBytes(StandardCharsets.UTF_8))).hasValue(2);
        assertThat(table.indexOf("[EMPTY_1]".getBytes(StandardCharsets.UTF_8))).hasValue(1);
        assertThat(table.indexOf("\u00e9".getBytes(StandardCharsets.UTF_8))).hasValue(3);
        assertThat(table.indexOf("c".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void refusesAVocabularyThatWasMadeToSlowItDown() throws IOException {
        TokenTable table = table(collisions());

        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(table::requireDistinct)
                .withMessageContaining("share a hash");
    }

    /** Pairs that lead FNV-1a from one state to one state, one after the other: two to the tenth texts of one hash. */
    private static List<String> collisions() {
        List<String> texts = new ArrayList<>(List.of(""));
        int state = 0x811c9dc5;
        for (int pair = 0; pair < 10; pair++) {
            Map<Integer, String> seen = new HashMap<>();
            for (long i = 1; ; i++) {
                String piece = Long.toString(i * 0x9E3779B97F4A7C15L, 36);
                int next = hash(state, piece);
                String twin = seen.putIfAbsent(next, piece);
                if (twin != null) {
                    List<String> longer = new ArrayList<>();
                    texts.forEach(t -> longer.addAll(List.of(t + piece, t + twin)));
                    texts = longer;
                    state = next;
                    break;
                }
            }
        }
        return texts;
    }

    private static int hash(int state, String text) {
        int hash = state;
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash ^ b) * 0x01000193;
        }
        return hash;
    }

    private static TokenTable table(List<String> texts) throws IOException {
        List<byte[]> tokens =
                texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
        ByteChannel channel = new ByteChannel(
                new GgufBytes().putArray("tokens", ValueType.STRING, tokens).build());
        GgufValue.Array array = GgufFile.read(channel).array("tokens").orElseThrow();
        return TokenTable.read(new HeaderReader(channel), array);
    }
}
