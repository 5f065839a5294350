package dev.quipu.llama.ffm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillStoreTest {
    private static final byte[] MODEL = new byte[32];
    private static final byte[] OTHER =
            "another model is this one, truly".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private SpillStore store(byte[] identity, long limit) {
        return new SpillStore(folder, identity, limit, 16, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    private static void save(SpillStore store, String key, int[] tokens, int size) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(size);
            for (int i = 0; i < size; i++) {
                state.set(ValueLayout.JAVA_BYTE, i, (byte) (i * 7));
            }
            store.save(key, tokens, state);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void findsThePrefixThatHasMostOfAPromptAlsoAfterARestart() throws IOException {
        SpillStore store = store(MODEL, 1 << 20);
        save(store, "", Tasks.tokens(0, 20), 100);
        save(store, "", Tasks.tokens(5, 20), 100);

        SpilledPrefix found =
                store(MODEL, 1 << 20).find("", Tasks.tokens(0, 40)).orElseThrow();

        assertThat(found.common(Tasks.tokens(0, 40))).isEqualTo(20);
        assertThat(found.state().byteSize()).isEqualTo(100);
        assertThat(found.state().get(ValueLayout.JAVA_BYTE, 99)).isEqualTo((byte) (99 * 7));
    }

    @Test
    void findsNothingOfOtherAdaptersNorOfAnotherModel() throws IOException {
        save(store(MODEL, 1 << 20), "", Tasks.tokens(0, 20), 100);

        assertThat(store(MODEL, 1 << 20).find("shop", Tasks.tokens(0, 20))).isEmpty();
        assertThat(store(OTHER, 1 << 20).find("", Tasks.tokens(0, 20))).isEmpty();
    }

    @Test
    void ignoresAFileThatWasCopiedFromAnotherModel() throws IOException {
        save(store(OTHER, 1 << 20), "", Tasks.tokens(0, 20), 100);
        Path foreign = files().getFirst();
        store(MODEL, 1 << 20);
        Path own = folder.resolve("0000000000000000").resolve(foreign.getFileName());
        Files.copy(foreign, own);

        assertThat(store(MODEL, 1 << 20).find("", Tasks.tokens(0, 20))).isEmpty();
    }

    @Test
    void doesNotReadForFewTokens() throws IOException {
        SpillStore store = store(MODEL, 1 << 20);
        save(store, "", Tasks.tokens(0, 20), 100);

        assertThat(store.find("", Tasks.tokens(0, 15))).isEmpty();
        assertThat(store.worth(15)).isFalse();
        assertThat(store.worth(16)).isTrue();
    }

    @Test
    void aContinuedConversationReplacesItsBeginning() throws IOException {
        SpillStore store = store(MODEL, 1 << 20);
        save(store, "", Tasks.tokens(0, 20), 100);

        save(store, "", Tasks.tokens(0, 40), 100);

        assertThat(files()).hasSize(1);
        assertThat(store.has("", Tasks.tokens(0, 20))).isTrue();
    }

    @Test
    void staysWithinItsLimit() throws IOException {
        SpillStore store = store(MODEL, 5000);

        for (int i = 0; i < 20; i++) {
            save(store, "", Tasks.tokens(100 * i, 20), 1000);
        }

        long total = 0;
        for (Path file : files()) {
            total += Files.size(file);
        }
        assertThat(total).isBetween(3000L, 5000L);
    }

    @Test
    void everyDamageIsFoundAndTheFileRemoved() throws IOException {
        for (int place = 0; place < 250; place += 3) {
            SpillStore store = store(MODEL, 1 << 20);
            save(store, "", Tasks.tokens(0, 20), 100);
            Path file = files().getFirst();
            byte[] bytes = Files.readAllBytes(file);
            bytes[Math.min(place, bytes.length - 1)] ^= 0x11;
            Files.write(file, bytes);

            assertThat(store.find("", Tasks.tokens(0, 20))).as("byte %s", place).isEmpty();

            assertThat(files()).isEmpty();
        }
    }

    @Test
    void aCutFileIsNotUsed() throws IOException {
        SpillStore store = store(MODEL, 1 << 20);
        save(store, "", Tasks.tokens(0, 20), 100);
        Path file = files().getFirst();
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 150));

        assertThat(store.find("", Tasks.tokens(0, 20))).isEmpty();
        assertThat(store(MODEL, 1 << 20).find("", Tasks.tokens(0, 20))).isEmpty();
    }

    @Test
    void itsFolderIsForItsOwnerOnly() throws IOException {
        store(MODEL, 1 << 20);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("0000000000000000"))))
                .isEqualTo("rwx------");
    }
}
