package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorFileTest {
    @TempDir
    Path folder;

    private final AtomicInteger computed = new AtomicInteger();

    private List<float[]> get(String... sources) {
        return new VectorFile(folder, "vectors", List.of(sources)).get(2, () -> {
            computed.incrementAndGet();
            return List.of(new float[] {1, 2}, new float[] {3, -4});
        });
    }

    @Test
    void computesOnceForTheSameSources() {
        get("a", "b");

        List<float[]> again = get("a", "b");

        assertThat(computed).hasValue(1);
        assertThat(again.getLast()).containsExactly(3, -4);
    }

    @Test
    void computesAgainForOtherSources() {
        get("a", "b");
        get("ab");

        assertThat(computed).hasValue(2);
    }

    @Test
    void computesAgainWhenTheFileWasCut() throws IOException {
        get("a");
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 9));
        }

        List<float[]> again = get("a");

        assertThat(computed).hasValue(2);
        assertThat(again.getFirst()).containsExactly(1, 2);
    }

    @Test
    void worksWhereNothingCanBeKept() throws IOException {
        Path file = Files.createFile(folder.resolve("no-folder"));

        List<float[]> vectors = new VectorFile(file, "vectors", List.of("a")).get(1, () -> List.of(new float[] {7}));

        assertThat(vectors.getFirst()).containsExactly(7);
    }
}
