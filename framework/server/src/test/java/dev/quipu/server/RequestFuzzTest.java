package dev.quipu.server;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Replays kept inputs; with {@code JAZZER_FUZZ=1} in the environment it searches for new ones. The first byte says which
 * kind of request the others are: 0 chat, 1 completion, 2 embedding, 3 ranking.
 */
class RequestFuzzTest {
    @FuzzTest
    void endsWithARequestOrATypedError(byte[] input) {
        if (input.length > 0) {
            String path = OpenAiRoutes.POSTS.get(Math.floorMod(input[0], OpenAiRoutes.POSTS.size()));
            RequestReader.reads(path, Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
