package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphBackupTest {
    @TempDir
    Path folder;

    /** One test for all of it, as each start of a graph takes seconds. */
    @Test
    void refusesAGraphInUseAndBringsBackWhatWasInIt() throws IOException {
        Path graph = folder.resolve("graph");
        Path file = folder.resolve("graph.backup");
        try (GraphStore store = GraphStore.open(new GraphLocation.Folder(graph))) {
            GraphMigrations.run(store);
            store.write("CREATE (:Kept {id: 'a'})-[:NEXT]->(:Kept {id: 'b'})", Map.of());

            assertThatThrownBy(() -> GraphBackup.backup(graph, file))
                    .hasMessageContaining("QP-GRAPH-007")
                    .hasMessageContaining("in use");
        }

        assertThat(GraphBackup.backup(graph, file)).isPositive();
        Path restored = folder.resolve("restored");
        GraphBackup.restore(file, restored);

        try (GraphStore store = GraphStore.open(new GraphLocation.Folder(restored))) {
            GraphStatistics statistics = GraphStatistics.of(store);
            assertThat(statistics.version()).isEqualTo(GraphMigrations.latest());
            assertThat(statistics.nodes()).containsEntry("Kept", 2L);
            assertThat(statistics.relationships()).containsExactly(Map.entry("NEXT", 1L));
            assertThat(statistics.ready()).isTrue();
            assertThat(GraphMigrations.run(store)).isZero();
            store.write("MATCH (f:LoadedFile {id: '#migrations'}) SET f.fingerprint = '99'", Map.of());
            assertThatThrownBy(() -> GraphMigrations.run(store)).hasMessageContaining("QP-GRAPH-017");
        }
        assertThatThrownBy(() -> GraphBackup.restore(file, restored)).hasMessageContaining("is not empty");
    }

    @Test
    void refusesAFileThatIsNoWholeBackup() throws IOException {
        Path file = Files.writeString(folder.resolve("x.backup"), "PK");
        Path target = folder.resolve("target");

        assertThatThrownBy(() -> GraphBackup.restore(file, target)).hasMessageContaining("QP-GRAPH-018");

        assertThat(target).doesNotExist();
    }

    @Test
    void refusesAFolderWithoutAGraph() {
        assertThatThrownBy(() -> GraphBackup.backup(folder, folder.resolve("x.backup")))
                .hasMessageContaining("holds no graph");
    }
}
