package dev.quipu.server.bench;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Our own time for a request, outside of llama.cpp: that of a request for one token, less the time that the engine says it
 * spent in passes. Tokenising, scheduling, drawing the token and handing it over are in it, so it is an upper bound.
 */
record OwnTime(Setup setup) {
    private static final int REQUESTS_A_ROUND = 50;

    List<Figure> measure() {
        List<Double> own = new ArrayList<>();
        try (Engine engine = setup.engine(4, 2048)) {
            EngineTarget target = new EngineTarget(engine);
            String prompt = new Texts(engine, new SplittableRandom(600)).of(200);
            for (int warmUp = 0; warmUp < REQUESTS_A_ROUND; warmUp++) {
                target.ask(new Ask(prompt, 1)).require();
            }
            for (int request = 0; request < setup.rounds() * REQUESTS_A_ROUND; request++) {
                Duration before = inPasses(engine);
                Outcome outcome = target.ask(new Ask(prompt, 1)).require();
                Duration passes = inPasses(engine).minus(before);
                own.add(outcome.total() * 1e3 - passes.toNanos() / 1e6);
            }
        }
        Runs runs = new Runs(own);
        return List.of(
                new Figure("engine.own_ms_p50", "ms", runs),
                Figure.one("engine.own_ms_p99", "ms", runs.percentile(0.99)));
    }

    private static Duration inPasses(Engine engine) {
        EngineMetrics metrics = engine.metrics();
        return metrics.prefillTime().plus(metrics.decodeTime());
    }
}
