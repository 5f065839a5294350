package dev.quipu.kg.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password of an embedded graph over several starts. */
class FolderPasswordTest {
    @TempDir
    private Path folder;

    @Test
    void isKeptForItsOwnerAndReplacedWhenItIsNotAccepted() throws IOException {
        String first = start();
        String second = start();
        Path file = folder.resolve("quipu.password");
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        Files.writeString(file, "of another graph");

        String third = start();

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
        assertThat(file).hasContent(third);
        assertThat(mode).isEqualTo("rw-------");
    }

    private String start() {
        try (GraphStore store = GraphStore.open(new GraphLocation.Folder(folder))) {
            assertThat(store.healthy()).isTrue();
            return store.server().password();
        }
    }
}
