package dev.quipu.server.bench;

import dev.quipu.llama.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The first token of a question behind a beginning of 1,000 tokens: new to the engine, and known to it. llama-server gets
 * the same two questions.
 */
record WarmStart(Setup setup) {
    private static final int SHARED = 1000;
    private static final int OWN = 20;
    private static final int SEQUENCES = 4;
    private static final int CONTEXT = 8192;

    List<Figure> measure() {
        List<Double> cold = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        List<Double> peerCold = new ArrayList<>();
        List<Double> peerWarm = new ArrayList<>();
        for (int round = 0; round < setup.rounds(); round++) {
            Ask first;
            Ask second;
            try (Engine engine = setup.engine(SEQUENCES, CONTEXT)) {
                Texts texts = new Texts(engine, new SplittableRandom(400 + round));
                String beginning = texts.of(SHARED);
                first = new Ask(beginning + " " + texts.of(OWN), 1);
                second = new Ask(beginning + " " + texts.of(OWN), 1);
                Ask warmUp = new Ask(texts.of(SHARED), 2);
                ask(new EngineTarget(engine), warmUp, first, second, cold, warm);
            }
            if (LlamaServer.installed(setup)) {
                try (LlamaServer server = LlamaServer.start(setup, SEQUENCES, CONTEXT)) {
                    ask(server.target(), new Ask("Hello", 2), first, second, peerCold, peerWarm);
                }
            }
        }
        Runs ours = new Runs(warm);
        return List.of(
                new Figure("engine.cold_ttft", "s", new Runs(cold)),
                new Figure("engine.warm_ttft", "s", ours),
                new Figure("engine.llama_server.cold_ttft", "s", new Runs(peerCold)),
                new Figure("engine.llama_server.warm_ttft", "s", new Runs(peerWarm)),
                Figure.ratio("engine.warm_ttft_gain", new Runs(cold), ours),
                Figure.ratio("engine.warm_ttft_ratio", ours, new Runs(peerWarm)));
    }

    private static void ask(Target target, Ask warmUp, Ask first, Ask second, List<Double> cold, List<Double> warm) {
        target.ask(warmUp).require();
        cold.add(target.ask(first).require().firstToken());
        warm.add(target.ask(second).require().firstToken());
    }
}
