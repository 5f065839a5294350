package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Many users of one engine: a beginning of 400 tokens that all share, 5 to 60 tokens of their own, 32 to 96 of output.
 * Prints its figures. Run it with {@code mvn -pl framework/llama -am test -Dtest=ManyUsersLongTest
 * -Dquipu.test.excludedTags=gpu -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyUsersLongTest {
    private final Path model = ModelStore.standard().pull("smollm2-135m", PullListener.NONE);

    @Test
    void sixteenUsersShareABeginning() throws Exception {
        try (Engine engine = load(16)) {
            List<GenerationResult> cold = serve(engine, 16, 1);
            List<GenerationResult> warm = serve(engine, 16, 2);

            assertThat(cold).hasSize(16).allMatch(r -> r.outputTokens() > 0);
            assertThat(cold.stream().mapToInt(GenerationResult::cachedTokens).sum())
                    .isGreaterThan(15 * 390);
            assertThat(warm).allMatch(r -> r.cachedTokens() > 390);
        }
    }

    @Test
    void sixtyFourUsersAllGetTheirAnswer() throws Exception {
        try (Engine engine = load(64)) {
            List<GenerationResult> results = serve(engine, 64, 1);

            assertThat(results).hasSize(64).allMatch(r -> r.outputTokens() > 0);
        }
    }

    @Test
    void aSharedBeginningOfAThousandTokensIsWaitedForOnce() throws Exception {
        try (Engine engine = load(4)) {
            String shared = text(engine, new Random(7), 1000);
            double cold = Double.MAX_VALUE;
            double warm = Double.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                String other = text(engine, new Random(100 + i), 1000);
                cold = Math.min(cold, firstToken(engine, other + "\nWhat is it?"));
                firstToken(engine, shared + "\nFirst");
                warm = Math.min(warm, firstToken(engine, shared + "\nWho is " + i));
            }

            System.out.printf(
                    Locale.ROOT, "first token: cold %.0f ms, warm %.1f ms, ratio %.1f%n", cold, warm, cold / warm);
            assertThat(warm).isLessThan(cold);
        }
    }

    @Test
    void memoryIsBackAfterTenThousandShortRequests() throws Exception {
        try (Engine engine = load(16)) {
            shortRequests(engine, 1000);
            System.gc();
            long before = resident();
            List<Double> own = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                shortRequests(engine, 1000);
                System.gc();
                System.out.printf(Locale.ROOT, "resident after %d: %d kB%n", 1000 * (i + 2), resident());
            }

            for (int i = 0; i < 200; i++) {
                EngineMetrics was = engine.metrics();
                long begun = System.nanoTime();
                engine.generate(GenerationRequest.of("Hello " + i).withMaxTokens(1))
                        .await();
                double all = (System.nanoTime() - begun) / 1e6;
                EngineMetrics is = engine.metrics();
                long passes = is.prefillTime().plus(is.decodeTime()).toNanos()
                        - was.prefillTime().plus(was.decodeTime()).toNanos();
                own.add(all - passes / 1e6);
            }
            own.sort(Double::compare);
            System.out.printf(Locale.ROOT, "own time: p50 %.3f ms, p99 %.3f ms%n", own.get(100), own.get(198));
            assertThat(resident()).isLessThan(before * 101 / 100 + 4096);
        }
    }

    private Engine load(int sequences) {
        return Engine.load(EngineOptions.builder(model)
                .contextSize(8192)
                .sequences(sequences)
                .queueLimit(1000)
                .build());
    }

    private static void shortRequests(Engine engine, int count) throws InterruptedException {
        for (int i = 0; i < count; i += 50) {
            List<Generation> some = new ArrayList<>();
            for (int j = 0; j < 50; j++) {
                some.add(engine.generate(
                        GenerationRequest.of(i + j + " and more").withMaxTokens(2)));
            }
            for (Generation one : some) {
                one.await();
            }
        }
    }

    private static double firstToken(Engine engine, String prompt) throws InterruptedException {
        return engine.generate(GenerationRequest.of(prompt).withMaxTokens(1))
                        .await()
                        .timings()
                        .toFirstToken()
                        .toNanos()
                / 1e6;
    }

    private static List<GenerationResult> serve(Engine engine, int users, long seed) throws Exception {
        Random random = new Random(seed);
        String shared = text(engine, new Random(42), 400);
        List<Callable<GenerationResult>> all = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            String prompt = shared + text(engine, random, 5 + random.nextInt(56));
            int output = 32 + random.nextInt(65);
            all.add(() -> engine.generate(GenerationRequest.of(prompt).withMaxTokens(output))
                    .await());
        }
        long begun = System.nanoTime();
        List<GenerationResult> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<GenerationResult> future : threads.invokeAll(all)) {
                results.add(future.get());
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double[] first = results.stream()
                .mapToDouble(r -> r.timings().toFirstToken().toNanos() / 1e9)
                .sorted()
                .toArray();
        int tokens = results.stream().mapToInt(GenerationResult::outputTokens).sum();
        System.out.printf(
                Locale.ROOT,
                "%d users, seed %d: %d tokens in %.1f s, %.1f tok/s, first token p50 %.2f s p99 %.2f s; %s%n",
                users,
                seed,
                tokens,
                seconds,
                tokens / seconds,
                first[first.length / 2],
                first[first.length - 1],
                engine.metrics());
        return results;
    }

    /** Some ordinary tokens as text. */
    private static String text(Engine engine, Random random, int tokens) {
        int[] all = random.ints(tokens, 1000, 40_000).toArray();
        return engine.detokenize(all, false);
    }

    /** Of the whole process, in kB, where the system tells. */
    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(l -> l.startsWith("VmRSS"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
