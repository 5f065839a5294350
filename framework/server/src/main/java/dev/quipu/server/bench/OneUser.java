package dev.quipu.server.bench;

import dev.quipu.llama.Engine;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One user: reading a prompt of 512 tokens and generating 128, against llama-bench on the same file with the same threads.
 *
 * <p>Ours goes through the public interface and draws each token from the model's probabilities; llama-bench's loop draws
 * none. Both generate behind an empty context. Each round runs ours, then the peer's, with an engine that is loaded and
 * idle while the peer runs.
 */
record OneUser(Setup setup) {
    private static final int PROMPT = 512;
    private static final int OUTPUT = 128;
    private static final int WARM_UP = 24;

    List<Figure> measure() {
        List<Double> prefill = new ArrayList<>();
        List<Double> decode = new ArrayList<>();
        List<Double> peerPrefill = new ArrayList<>();
        List<Double> peerDecode = new ArrayList<>();
        boolean peer = LlamaBench.installed(setup);
        try (Engine engine = setup.forgetful(1, 1024)) {
            EngineTarget target = new EngineTarget(engine);
            Texts texts = new Texts(engine, new SplittableRandom(1));
            // As llama-bench warms up, and the JVM compiles what it runs often.
            for (int i = 0; i < WARM_UP; i++) {
                decode(target, texts);
            }
            prefill(target, texts);
            for (int round = 0; round < setup.rounds(); round++) {
                prefill.add(prefill(target, texts));
                decode.add(decode(target, texts));
                if (peer) {
                    LlamaBench.Speeds speeds = new LlamaBench(setup).run(PROMPT, OUTPUT);
                    peerPrefill.add(speeds.prefill());
                    peerDecode.add(speeds.decode());
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        figures.addAll(figures("prefill", new Runs(prefill), new Runs(peerPrefill)));
        figures.addAll(figures("decode", new Runs(decode), new Runs(peerDecode)));
        return figures;
    }

    private List<Figure> figures(String what, Runs ours, Runs peers) {
        String name = "engine." + what;
        return List.of(
                new Figure(name + ".tokens_per_second." + setup.name(), "tok/s", ours),
                new Figure(name + ".llama_bench." + setup.name(), "tok/s", peers),
                Figure.ratio(name + ".ratio." + setup.name(), ours, peers));
    }

    private static double prefill(EngineTarget target, Texts texts) {
        // A tokeniser that adds a beginning makes it one more; a pass holds 512.
        Outcome outcome = target.ask(new Ask(texts.of(PROMPT - 1), 1)).require();
        return outcome.promptTokens() / outcome.firstToken();
    }

    private static double decode(EngineTarget target, Texts texts) {
        // Some texts are soon at their end; then another is tried.
        for (int attempt = 0; ; attempt++) {
            GenerationResult result =
                    target.whole(GenerationRequest.of(texts.of(3)).withMaxTokens(OUTPUT + 1));
            if (result.outputTokens() > OUTPUT || attempt == 20) {
                return 1000 / EngineTarget.betweenTokens(result);
            }
        }
    }
}
