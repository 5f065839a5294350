package dev.quipu.kg.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphLoader;
import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.GraphUnavailableException;
import dev.quipu.kg.LoadReport;
import dev.quipu.kg.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store against a server that is reached by its address, with user and password. */
class ServerTest {
    @TempDir
    static Path folder;

    private static Neo4jServer server;

    @BeforeAll
    static void start() {
        server = Neo4jServer.start(folder, 0, "correct horse");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static GraphStore open(String scheme, String password) {
        return GraphStore.open(GraphLocation.of(scheme + "://127.0.0.1:" + server.port(), "neo4j", password));
    }

    @Test
    void readsAndWritesByBolt() {
        try (GraphStore store = open("bolt", "correct horse")) {
            store.write("CREATE (:Remote {id: 'x'})", Map.of());

            assertThat(store.read("MATCH (r:Remote) RETURN r.id AS id", Map.of()))
                    .extracting(r -> r.text("id"))
                    .containsExactly("x");
        }
    }

    /** Rows travel by Cypher here, while an embedded graph is written by Neo4j's own interface. */
    @Test
    void loadsByBoltAsIntoAnEmbeddedGraph(@TempDir Path data) throws IOException {
        Path mapping = Files.writeString(data.resolve("m.yaml"), """
                sources:
                  - file: a.csv
                    nodes: [{label: Bolted, id: id, properties: {n: {from: n, type: integer}}}]
                    relationships:
                      - {type: NEXT, from: {label: Bolted, id: id}, to: {label: Bolted, id: next}}
                """);
        try (GraphStore store = open("bolt", "correct horse")) {
            GraphLoader loader = GraphLoader.of(store, Mapping.read(mapping));
            Files.writeString(data.resolve("a.csv"), "id,n,next\na,1,b\nb,2,a\nc,3,nobody\n");
            LoadReport first = loader.load(data);
            Files.writeString(data.resolve("a.csv"), "id,n,next\na,1,b\nb,5,a\n");
            LoadReport second = loader.load(data);

            assertThat(first.bad())
                    .singleElement()
                    .hasToString("a.csv:4 NEXT refers to the Bolted 'nobody', which no row declares");
            assertThat(second.bad()).isEmpty();
            assertThat(store.read(
                            "MATCH (x:Bolted)-[r:NEXT]->(y) RETURN x.id + x.n + y.id + r.in_a_csv AS row ORDER BY row",
                            Map.of()))
                    .extracting(r -> r.text("row"))
                    .containsExactly("a1ba.csv:2", "b5aa.csv:3");
        }
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> open("bolt", "wrong"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-004")
                .hasMessageContaining("Correct user and password")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThatThrownBy(() -> GraphStore.open(GraphLocation.of("bolt://local host:x", "neo4j", "")))
                .isInstanceOf(GraphException.class)
                .extracting("code")
                .isEqualTo(GraphError.UNREACHABLE);
    }

    /** The driver waits for a connection for some seconds and never for minutes. */
    @Test
    @Timeout(120)
    void failsSoonWhileTheServerIsAwayAndWorksAgainWhenItIsBack() {
        try (GraphStore store = open("bolt", "correct horse")) {
            store.write("CREATE (:Before)", Map.of());
            server.stop();

            assertThatThrownBy(() -> store.read("MATCH (n:Before) RETURN n", Map.of()))
                    .isInstanceOf(GraphUnavailableException.class)
                    .hasMessageContaining("Check that Neo4j runs")
                    .satisfies(e -> assertThat(((GraphUnavailableException) e).retryAfter())
                            .isPositive()
                            .isLessThan(Duration.ofMinutes(1)));
            assertThat(store.healthy()).isFalse();
            assertThatThrownBy(() -> store.read("MATCH (n:Before) RETURN n", Map.of()))
                    .isInstanceOf(GraphUnavailableException.class);
            assertThat(store.suspended()).isTrue();
            assertThatThrownBy(() -> store.read("MATCH (n:Before) RETURN n", Map.of()))
                    .hasMessageContaining("tried again by itself");

            server = Neo4jServer.start(folder, server.port(), "correct horse");

            assertThat(store.healthy()).isTrue();
            assertThat(store.suspended()).isFalse();
            assertThat(store.read("MATCH (n:Before) RETURN n", Map.of())).hasSize(1);
        }
    }
}
