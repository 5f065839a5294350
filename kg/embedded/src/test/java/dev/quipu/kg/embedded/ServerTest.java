package dev.quipu.kg.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.GraphUnavailableException;
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
