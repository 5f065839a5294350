package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared and kept beginnings, with a real model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrefixEngineTest {
    private static final String SHARED = "A shop sells lamps, tables, chairs and shelves. ".repeat(12);

    private final Path model = ModelStore.standard().pull("smollm2-135m", PullListener.NONE);

    private Engine load(UnaryOperator<EngineOptions.Builder> how) {
        return Engine.load(how.apply(EngineOptions.builder(model)
                        .contextSize(1024)
                        .sequences(8)
                        .threads(1))
                .build());
    }

    private static GenerationRequest ask(String end) {
        return GenerationRequest.of(SHARED + end).withMaxTokens(8);
    }

    @Test
    void promptsThatArriveTogetherComputeTheirSharedBeginningOnce() throws InterruptedException {
        try (Engine engine = load(b -> b)) {
            int shared = engine.tokenize(SHARED, true).length - 1;
            List<Generation> all = new ArrayList<>();
            for (String end : List.of("The first", "A second", "Some", "Which", "Where", "Who")) {
                all.add(engine.generate(ask(end)));
            }

            for (Generation one : all) {
                one.await();
            }

            EngineCounters counters = engine.counters();
            assertThat(counters.promptTokens()).isLessThan(shared + 6 * 8);
            assertThat(counters.cachedTokens()).isGreaterThanOrEqualTo(5L * shared);
            assertThat(counters.hitRate()).isGreaterThan(0.75);
        }
    }

    @Test
    void outputWithKeptPrefixesIsThatWithoutInPassesOfTheSameShape() throws InterruptedException {
        // One request at a time, passes of 32 tokens, and a shared beginning that ends where a pass does.
        List<List<String>> texts = new ArrayList<>();
        for (int kept : new int[] {0, 16}) {
            try (Engine engine = load(b -> b.batchSize(32).cachedPrefixes(kept))) {
                String beginning =
                        engine.detokenize(java.util.Arrays.copyOf(engine.tokenize(SHARED + SHARED, true), 96), true);
                assertThat(engine.tokenize(beginning, true)).hasSize(96);
                List<String> each = new ArrayList<>();
                for (String end : List.of("", " What", " Which", " Where", " Who")) {
                    GenerationResult result = engine.generate(
                                    GenerationRequest.of(beginning + end).withMaxTokens(24))
                            .await();
                    each.add(result.text());
                    assertThat(result.cachedTokens()).isEqualTo(kept == 0 || end.isEmpty() ? 0 : 96);
                }
                texts.add(each);
                assertThat(engine.counters().cachedTokens() > 0).isEqualTo(kept > 0);
            }
        }

        assertThat(texts.get(1)).isEqualTo(texts.get(0));
    }

    @Test
    void anEarlierTurnIsNotComputedAgain() throws InterruptedException {
        try (Engine engine = load(b -> b)) {
            GenerationResult first = engine.generate(ask("Then")).await();

            GenerationResult second =
                    engine.generate(ask("Then" + first.text() + " And then")).await();

            assertThat(second.cachedTokens()).isGreaterThan(first.promptTokens());
        }
    }

    @Test
    void nobodyFailsWhenCellsRunOut() throws InterruptedException {
        try (Engine engine = load(b -> b.contextSize(256))) {
            List<Generation> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(engine.generate(GenerationRequest.of((i + 1) + ", 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,")
                        .withMaxTokens(100)));
            }
            List<GenerationResult> results = new ArrayList<>();
            for (Generation one : all) {
                results.add(one.await());
            }

            assertThat(results).allMatch(r -> r.outputTokens() == 100 && r.finish() == FinishReason.LENGTH);
            assertThat(engine.metrics().preempted()).isPositive();
        }
    }

    @Test
    void aReaderThatStandsStillDoesNotHoldAnotherUp() throws InterruptedException {
        try (Engine engine = load(b -> b.sequences(1))) {
            Generation still = engine.generate(
                    GenerationRequest.of("1, 2, 3, 4, 5, 6, 7, 8,").withMaxTokens(60));

            GenerationResult other = engine.generate(ask("Hello")).await();

            assertThat(other.outputTokens()).isPositive();
            assertThat(still.await().outputTokens()).isEqualTo(60);
        }
    }

    @Test
    void measuresHowItServes() throws InterruptedException {
        try (Engine engine = load(b -> b)) {
            engine.generate(ask("First")).await();
            engine.generate(ask("Second")).await();

            EngineMetrics metrics = engine.metrics();

            assertThat(metrics.firstToken().count()).isEqualTo(2);
            assertThat(metrics.queued().count()).isEqualTo(2);
            assertThat(metrics.betweenTokens().count())
                    .isEqualTo(metrics.counters().outputTokens() - 2);
            assertThat(metrics.firstToken().quantile(0.5)).isPositive();
            assertThat(metrics.batchFill()).isBetween(0.001, 1.0);
            assertThat(metrics.prefillRate()).isPositive();
            assertThat(metrics.decodeRate()).isPositive();
            assertThat(metrics.cells()).isEqualTo(1024);
            assertThat(metrics.cellsUsed()).isPositive();
            assertThat(metrics.prefixes()).isEqualTo(2);
        }
    }

    @Test
    void aLongConversationOutlivesTheEngineOnDisk(@TempDir Path folder) throws Exception {
        UnaryOperator<EngineOptions.Builder> spilling =
                b -> b.spillFolder(folder).spillMebibytes(100).spillTokens(64);
        String text;
        try (Engine engine = load(spilling)) {
            text = textFromCells(engine);
        }
        assertThat(files(folder)).hasSize(1);

        try (Engine engine = load(spilling)) {
            GenerationResult again = engine.generate(ask("Then")).await();

            assertThat(again.cachedTokens()).isEqualTo(again.promptTokens() - 1);
            assertThat(again.text()).isEqualTo(text);
            assertThat(engine.metrics().restored()).isEqualTo(1);
        }
    }

    @Test
    void aConversationThatMadeRoomComesBackFromDisk(@TempDir Path folder) throws Exception {
        try (Engine engine = load(
                b -> b.contextSize(256).spillFolder(folder).spillMebibytes(100).spillTokens(64))) {
            String text = textFromCells(engine);
            engine.generate(GenerationRequest.of("word ".repeat(200)).withMaxTokens(2))
                    .await();

            GenerationResult again = engine.generate(ask("Then")).await();

            assertThat(again.cachedTokens()).isEqualTo(again.promptTokens() - 1);
            assertThat(again.text()).isEqualTo(text);
        }
    }

    /** Of a prompt that is there already but for its last token, as it is when it comes from disk: of that shape. */
    private static String textFromCells(Engine engine) throws InterruptedException {
        engine.generate(ask("Then")).await();
        return engine.generate(ask("Then")).await().text();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 60, 5_000, 500_000})
    void aDamagedFileIsNotUsed(long place, @TempDir Path folder) throws Exception {
        UnaryOperator<EngineOptions.Builder> spilling =
                b -> b.spillFolder(folder).spillMebibytes(100).spillTokens(64);
        String text;
        try (Engine engine = load(spilling)) {
            text = engine.generate(ask("Then")).await().text();
        }
        try (RandomAccessFile file =
                new RandomAccessFile(files(folder).getFirst().toFile(), "rw")) {
            file.seek(place);
            int was = file.read();
            file.seek(place);
            file.write(was ^ 0x40);
        }

        try (Engine engine = load(spilling)) {
            GenerationResult again = engine.generate(ask("Then")).await();

            assertThat(again.text()).isEqualTo(text);
            assertThat(again.cachedTokens()).isZero();
            assertThat(engine.metrics().restored()).isZero();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".prefix")).toList();
        }
    }
}
