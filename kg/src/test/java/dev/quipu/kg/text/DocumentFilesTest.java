package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.GraphException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFilesTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void readsJsonLines() throws IOException {
        Path file = file("a.jsonl", """
                {"source":"p1","title":"Tent","text":"Dry.","aliases":["帐篷"],"tenant":"t","validFrom":"2026-01-01T00:00:00Z"}

                {"id":"p2","text":"Light."}
                """);

        List<Document> documents = DocumentFiles.read(file);

        assertThat(documents)
                .containsExactly(
                        Document.of("p1", "Tent", "Dry.")
                                .withAliases(List.of("帐篷"))
                                .withTenant("t")
                                .withValidity(Instant.parse("2026-01-01T00:00:00Z"), Instant.MAX),
                        Document.of("p2", "", "Light."));
    }

    @Test
    void readsAFolderWithPathsAsSources() throws IOException {
        file("help/returns.md", "# Returns #\n\nWithin 30 days.\n");
        file("note.txt", "Closed on Monday.");
        file("picture.png", "x");

        assertThat(DocumentFiles.read(folder))
                .containsExactly(
                        Document.of("help/returns.md", "Returns", "Within 30 days."),
                        Document.of("note.txt", "note", "Closed on Monday."));
    }

    @Test
    void namesTheLineThatIsNoDocument() throws IOException {
        Path file = file("a.jsonl", "{\"source\":\"p1\",\"text\":\"x\"}\n{\"title\":\"y\"}\n");

        assertThatThrownBy(() -> DocumentFiles.read(file))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("a.jsonl:2");
    }

    @Test
    void refusesAFormItDoesNotKnow() throws IOException {
        Path file = file("a.xls", "x");

        assertThatThrownBy(() -> DocumentFiles.read(file)).hasMessageContaining(".jsonl");
    }
}
