package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The header of a real model, damaged: reading it ends with a header or a typed error. */
class MutatedHeadersTest {
    private static byte[] header = {};
    private static long size;

    @BeforeAll
    static void readHeader() throws IOException {
        Path model = ModelStore.standard().pull("smollm2-135m", PullListener.NONE);
        size = Files.size(model);
        try (InputStream in = Files.newInputStream(model)) {
            header = in.readNBytes((int) GgufFile.read(model).dataOffset());
        }
    }

    @Test
    void endsWithAHeaderOrATypedError() throws IOException {
        assertThat(refused(0, 200)).isBetween(20, 199);
    }

    @Test
    @Tag("long")
    void endsWithAHeaderOrATypedErrorManyTimes() throws IOException {
        assertThat(refused(1_000, 100_000)).isBetween(10_000, 99_999);
    }

    /** Half of the changes go to the first kilobytes, where everything but the vocabulary stands. */
    private static int refused(long seed, int rounds) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < rounds; i++) {
            byte[] damaged = Mutants.damage(header, random.nextBoolean() ? header.length : 1200, random);
            try {
                ModelCheck.require(new ByteChannel(damaged, size));
            } catch (GgufException e) {
                refused++;
            }
        }
        return refused;
    }
}
