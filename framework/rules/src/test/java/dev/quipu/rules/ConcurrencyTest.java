package dev.quipu.rules;

import static dev.quipu.rules.SampleRules.order;
import static dev.quipu.rules.SampleRules.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
    private static final int THREADS = 64;

    @Test
    void decisionsOfManyThreadsDoNotMix() throws ExecutionException, InterruptedException {
        try (DroolsPolicy policy = SampleRules.policy(SampleRules.CANCEL);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            CountDownLatch start = new CountDownLatch(THREADS);
            List<Future<Boolean>> results = new ArrayList<>();

            for (int t = 0; t < THREADS; t++) {
                String status = "status-" + t;
                results.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    boolean own = true;
                    for (int i = 0; i < 50; i++) {
                        Decision decision =
                                policy.decide(request("cancel", order(status))).getFirst();
                        own &= status.equals(decision.values().get("status"));
                    }
                    return own;
                }));
            }

            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @Test
    void decisionsGoOnWhileRulesAreReloaded(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException {
        Path file = Files.writeString(folder.resolve("cancel.drl"), SampleRules.CANCEL);
        AtomicBoolean done = new AtomicBoolean();
        try (DroolsPolicy policy = DroolsPolicy.of(folder);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<String>>> results = new ArrayList<>();

            for (int t = 0; t < 4; t++) {
                results.add(threads.submit(() -> {
                    List<String> reasons = new ArrayList<>();
                    while (!done.get()) {
                        reasons.add(policy.decide(request("cancel", order("shipped")))
                                .getFirst()
                                .reason());
                    }
                    return reasons;
                }));
            }
            for (int version = 1; version <= 3; version++) {
                Files.writeString(file, SampleRules.CANCEL.replace("not-pending", "not-pending-" + version));
                policy.reload();
            }
            done.set(true);

            for (Future<List<String>> result : results) {
                assertThat(result.get()).isSorted().doesNotContainNull();
            }
        }
    }
}
