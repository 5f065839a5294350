package dev.quipu.server.bench;

import dev.quipu.llama.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * Users who all ask at once behind one beginning of 400 tokens, against llama-server with a slot a user.
 *
 * <p>Cold: both have just loaded the model, and the beginning is new to them. Warm: the same beginning with other
 * questions, right after. Each round starts both anew, one after the other, never at the same time.
 *
 * @param users who ask
 * @param slots of the peer; ours has a sequence a user
 */
record ManyUsers(Setup setup, int users, int slots) {
    private static final int SHARED = 400;
    /** Cells a user may come to: the beginning, the longest question and the longest answer, when nothing is shared. */
    private static final int CELLS = 640;

    private static final int CONTEXT_LEAST = 16384;

    List<Figure> measure() {
        List<Crowd> cold = new ArrayList<>();
        List<Crowd> warm = new ArrayList<>();
        List<Crowd> peerCold = new ArrayList<>();
        List<Crowd> peerWarm = new ArrayList<>();
        int context = Math.max(CONTEXT_LEAST, users * CELLS);
        Workload workload = new Workload(users, SHARED);
        for (int round = 0; round < setup.rounds(); round++) {
            List<Ask> first;
            List<Ask> second;
            try (Engine engine = setup.engine(users, context)) {
                String beginning = workload.beginning(engine, 100 + round);
                first = workload.asks(engine, beginning, 200 + round);
                second = workload.asks(engine, beginning, 300 + round);
                Target target = new EngineTarget(engine);
                cold.add(Crowd.at(target, first));
                warm.add(Crowd.at(target, second));
            }
            if (LlamaServer.installed(setup)) {
                try (LlamaServer server = LlamaServer.start(setup, slots, Math.max(CONTEXT_LEAST, slots * CELLS))) {
                    peerCold.add(Crowd.at(server.target(), first));
                    peerWarm.add(Crowd.at(server.target(), second));
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        figures.addAll(figures("", cold, peerCold));
        figures.addAll(figures("warm_", warm, peerWarm));
        cold.addAll(warm);
        figures.add(Figure.one(name() + "failures", "", (double)
                cold.stream().mapToLong(Crowd::failures).sum()));
        return figures;
    }

    private String name() {
        return "engine.users" + users + ".";
    }

    private List<Figure> figures(String state, List<Crowd> ours, List<Crowd> peers) {
        Runs speed = speed(ours);
        Runs wait = wait(ours);
        Runs peerSpeed = speed(peers);
        Runs peerWait = wait(peers);
        String name = name() + state;
        return List.of(
                new Figure(name + "tokens_per_second", "tok/s", speed),
                new Figure(name + "p99_ttft", "s", wait),
                new Figure(name + "llama_server.tokens_per_second", "tok/s", peerSpeed),
                new Figure(name + "llama_server.p99_ttft", "s", peerWait),
                Figure.ratio(name + "throughput_ratio", speed, peerSpeed),
                Figure.ratio(name + "p99_ttft_ratio", wait, peerWait));
    }

    private static Runs speed(List<Crowd> crowds) {
        return new Runs(crowds.stream().map(Crowd::tokensPerSecond).toList());
    }

    private static Runs wait(List<Crowd> crowds) {
        return new Runs(crowds.stream().map(c -> c.firstToken(0.99)).toList());
    }
}
