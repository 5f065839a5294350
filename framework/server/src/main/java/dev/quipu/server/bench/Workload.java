package dev.quipu.server.bench;

import dev.quipu.llama.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Users who share a long beginning, as a system prompt is shared.
 *
 * @param users who ask at once
 * @param shared tokens of the beginning
 */
record Workload(int users, int shared) {
    private static final int OWN_LEAST = 5;
    private static final int OWN_MOST = 60;
    private static final int OUTPUT_LEAST = 32;
    private static final int OUTPUT_MOST = 96;

    /** A beginning; those of two seeds have nothing in common, so that no cache knows the second. */
    String beginning(Engine engine, long seed) {
        return new Texts(engine, new SplittableRandom(seed)).of(shared);
    }

    /** One question a user behind a beginning. */
    List<Ask> asks(Engine engine, String beginning, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Texts texts = new Texts(engine, random);
        List<Ask> asks = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            String own = texts.of(random.nextInt(OWN_LEAST, OWN_MOST + 1));
            asks.add(new Ask(beginning + " " + own, random.nextInt(OUTPUT_LEAST, OUTPUT_MOST + 1)));
        }
        return asks;
    }
}
