package dev.quipu.llama.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterStoreTest {
    @TempDir
    Path folder;

    private AdapterStore store;

    @BeforeEach
    void open() {
        store = new AdapterStore(folder.resolve("adapters"));
    }

    private Path adapter(String text) throws IOException {
        return Files.writeString(folder.resolve("trained.gguf"), text);
    }

    @Test
    void standsForTheVersionThatWasPutLast() throws IOException {
        store.put("tickets", adapter("first"));

        int version = store.put("tickets", adapter("second"));

        assertThat(version).isEqualTo(2);
        assertThat(store.find("tickets")).hasContent("second");
    }

    @Test
    void rollsBackToTheVersionBeforeAndDeletesNone() throws IOException {
        store.put("tickets", adapter("first"));
        store.put("tickets", adapter("second"));

        int version = store.rollBack("tickets");

        assertThat(version).isEqualTo(1);
        assertThat(store.find("tickets")).hasContent("first");
        assertThat(store.versions("tickets")).containsExactly(1, 2);
    }

    @Test
    void countsOnAfterARollBack() throws IOException {
        store.put("tickets", adapter("first"));
        store.put("tickets", adapter("second"));
        store.rollBack("tickets");

        int version = store.put("tickets", adapter("third"));

        assertThat(version).isEqualTo(3);
        assertThat(store.rollBack("tickets")).isEqualTo(2);
    }

    @Test
    void keepsNamesApart() throws IOException {
        store.put("tickets", adapter("ours"));
        store.put("letters", adapter("theirs"));

        assertThat(store.find("tickets")).hasContent("ours");
        assertThat(store.versions("letters")).containsExactly(1);
    }

    @Test
    void saysThatThereIsNothingBeforeTheFirstVersion() throws IOException {
        store.put("tickets", adapter("first"));

        assertThatThrownBy(() -> store.rollBack("tickets"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no version before version 1");
        assertThat(store.find("tickets")).hasContent("first");
    }

    @Test
    void saysWhatToDoAboutANameThatIsNotThere() {
        assertThatThrownBy(() -> store.find("tickets"))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineError.ADAPTER_UNKNOWN))
                .hasMessageContaining("NAME=FILE");
    }

    @Test
    void doesNotCountWhatAKilledProcessLeftHalfWritten() throws IOException {
        store.put("tickets", adapter("first"));
        Files.writeString(folder.resolve("adapters/tickets/0002.gguf.partial"), "sec");

        assertThat(store.versions("tickets")).containsExactly(1);
        assertThat(store.put("tickets", adapter("second"))).isEqualTo(2);
        assertThat(store.find("tickets")).hasContent("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../models", "a/b", ".hidden", "a b"})
    void refusesNamesThatLeaveTheFolder(String name) {
        assertThatThrownBy(() -> store.find(name))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineError.OPTION));
    }
}
