package dev.quipu.runtime;

import static dev.quipu.runtime.SampleTurns.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationArchiveTest {
    @TempDir
    Path folder;

    @Test
    void readsConversationsWhileTheLogIsOpen() {
        try (FileConversationLog log =
                FileConversationLog.builder(folder).maxSegmentBytes(4000).open()) {
            for (int i = 1; i <= 5; i++) {
                log.append(turn("later", i));
                log.append(turn("a", i));
            }

            ConversationArchive archive = ConversationArchive.open(folder);

            assertThat(archive.conversations()).containsExactly("later", "a");
            assertThat(archive.read("a")).hasSize(5).startsWith(turn("a", 1));
            assertThat(archive.read("unknown")).isEmpty();
        }
    }

    @Test
    void leavesAnUnfinishedWriteAsItIs() throws IOException {
        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            log.append(turn("c", 1));
        }
        Path segment = folder.resolve("conversations-00000001.v1.log");
        Files.writeString(segment, "0000", StandardOpenOption.APPEND);
        long size = Files.size(segment);

        ConversationArchive archive = ConversationArchive.open(folder);

        assertThat(archive.read("c")).containsExactly(turn("c", 1));
        assertThat(segment).hasSize(size);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> ConversationArchive.open(missing))
                .isInstanceOf(LogException.class)
                .hasMessageStartingWith("QP-RUNTIME-011")
                .hasMessageContaining("missing");
        assertThat(missing).doesNotExist();
    }
}
