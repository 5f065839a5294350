package dev.quipu.server.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What users came to who all asked at once.
 *
 * @param outcomes one a user
 * @param seconds from the first question to the last token of the last answer
 */
record Crowd(List<Outcome> outcomes, double seconds) {
    Crowd {
        outcomes = List.copyOf(outcomes);
    }

    static Crowd at(Target target, List<Ask> asks) {
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            List<Future<Outcome>> running = asks.stream()
                    .map(ask -> users.submit(() -> target.ask(ask)))
                    .toList();
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> one : running) {
                outcomes.add(one.get());
            }
            return new Crowd(outcomes, (System.nanoTime() - start) / 1e9);
        } catch (InterruptedException e) {
            throw BenchException.interrupted(e);
        } catch (ExecutionException e) {
            throw new BenchException(BenchError.PEER, "A request ended in an unforeseen way: " + e.getCause(), e);
        }
    }

    double tokensPerSecond() {
        return outcomes.stream().mapToInt(Outcome::outputTokens).sum() / seconds;
    }

    /** Of those who were answered; not a number when nobody was. */
    double firstToken(double percentile) {
        return new Runs(outcomes.stream()
                        .filter(Outcome::ok)
                        .map(Outcome::firstToken)
                        .toList())
                .percentile(percentile);
    }

    long failures() {
        return outcomes.stream().filter(o -> !o.ok()).count();
    }
}
