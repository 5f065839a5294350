package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedGraph.class)
class ReadOnlyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE (n:Evil) RETURN n",
                "MERGE (n:Evil {id: 1}) RETURN n",
                "MATCH (n) SET n.evil = 1 RETURN n",
                "MATCH (n) DETACH DELETE n",
                "MATCH (n) REMOVE n.name RETURN n",
                "CREATE INDEX evil FOR (n:Evil) ON (n.id)",
                "CREATE CONSTRAINT evil FOR (n:Evil) REQUIRE n.id IS UNIQUE",
                "CALL db.createLabel('Evil')",
                "CALL { CREATE (n:Evil) } RETURN 1 AS one",
                "UNWIND [1] AS x CALL (x) { CREATE (:Evil {x: x}) } RETURN x",
                "FOREACH (x IN [1] | CREATE (:Evil))",
                "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
                "CREATE USER evil SET PASSWORD 'evil12345'",
                "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b1234567'"
            })
    void refusesToWriteInAReadSession(String cypher, GraphStore store) {
        store.write("CREATE (:Good {id: 1, name: 'kept'})", Map.of());

        assertThatThrownBy(() -> store.read(cypher, Map.of()))
                .isInstanceOf(GraphException.class)
                .extracting("code")
                .isEqualTo(GraphError.REJECTED);
        assertThat(store.read("MATCH (n) RETURN labels(n)[0] + n.name AS name", Map.of()))
                .containsExactly(new Row(Map.of("name", "Goodkept")));
    }

    @Test
    void stopsAQueryThatTakesTooLong(GraphStore store) {
        String endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(a * b) AS n";

        assertThatThrownBy(() -> store.read(endless, Map.of(), Duration.ofMillis(200), 10))
                .isInstanceOf(GraphException.class)
                .extracting("code")
                .isEqualTo(GraphError.TIMEOUT);
    }

    @Test
    void stopsAQueryThatReturnsTooMuch(GraphStore store) {
        assertThatThrownBy(() -> store.read("UNWIND range(1, 11) AS n RETURN n", Map.of(), Duration.ofSeconds(10), 10))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("more than 10 rows");
        assertThat(store.read("UNWIND range(1, 10) AS n RETURN n", Map.of(), Duration.ofSeconds(10), 10))
                .hasSize(10);
    }

    @Test
    void returnsNothingOfAWriteThatFailsHalfway(GraphStore store) {
        List<GraphStore.Statement> statements = List.of(
                new GraphStore.Statement("CREATE (:Half)", Map.of()),
                new GraphStore.Statement("RETURN 1 / 0", Map.of()));

        assertThatThrownBy(() -> store.write(statements)).isInstanceOf(GraphException.class);
        assertThat(store.read("MATCH (n:Half) RETURN n", Map.of())).isEmpty();
    }
}
