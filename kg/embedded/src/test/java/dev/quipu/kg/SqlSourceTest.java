package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGraph.class)
class SqlSourceTest {
    private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=0";
    /** Ends where keys of the source can follow. */
    private static final String MAPPING = """
            sources:
              - file: people
                database: SHOP_DB
                sql: SELECT id, name, born, pay FROM person ORDER BY id
                nodes:
                  - label: Person
                    id: id
                    properties:
                      name: name
                      born: {from: born, type: date}
                      pay: {from: pay, type: money}
            """;

    @TempDir
    Path folder;

    private Connection database;

    @BeforeEach
    void fillTheDatabase() throws SQLException {
        database = DriverManager.getConnection(URL, "reader", "secret-word");
        sql("CREATE TABLE person (id INT PRIMARY KEY, name VARCHAR(50), born DATE, pay DECIMAL(9,2), seen INT)");
        sql("INSERT INTO person VALUES (1, 'Ada', '1990-05-01', 12.50, 1), (2, 'Bo', NULL, 7, 1)");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private void sql(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private GraphLoader loader(GraphStore store, String more) throws IOException {
        Path mapping = Files.writeString(folder.resolve("m.yaml"), MAPPING + more);
        Map<String, String> variables =
                Map.of("SHOP_DB", URL, "SHOP_DB_USER", "reader", "SHOP_DB_PASSWORD", "secret-word");
        return GraphLoader.of(store, Mapping.read(mapping)).withEnvironment(variables::get);
    }

    private static Object people(GraphStore store) {
        return store
                .read(
                        "MATCH (p:Person) RETURN p.id + p.name + coalesce(p.born, '-') + p.pay AS row ORDER BY row",
                        Map.of())
                .stream()
                .map(r -> r.text("row"))
                .toList();
    }

    @Test
    void loadsRowsAndFollowsTheirChanges(GraphStore store) throws Exception {
        loader(store, "").load(folder);
        assertThat(people(store)).hasToString("[1Ada1990-05-0112.5, 2Bo-7.0]");
        assertThat(loader(store, "").load(folder).unchanged()).isOne();

        sql("DELETE FROM person WHERE id = 2");
        sql("UPDATE person SET name = 'Eve'");
        loader(store, "").load(folder);

        assertThat(people(store)).hasToString("[1Eve1990-05-0112.5]");
    }

    @Test
    void asksOnlyForWhatTellsChangesWhereThereIsSuchAQuery(GraphStore store) throws Exception {
        String changed = "    changed: SELECT max(seen) FROM person";
        loader(store, changed).load(folder);

        sql("UPDATE person SET name = 'Eve' WHERE id = 1");
        int before = loader(store, changed).load(folder).unchanged();
        sql("UPDATE person SET seen = 2 WHERE id = 1");
        int after = loader(store, changed).load(folder).unchanged();

        assertThat(before).isOne();
        assertThat(after).isZero();
        assertThat(people(store)).asString().contains("Eve");
    }

    @Test
    void keepsSecretsOutOfErrors(GraphStore store) throws Exception {
        GraphLoader unset = loader(store, "").withEnvironment(v -> null);
        GraphLoader wrong =
                loader(store, "").withEnvironment(v -> "SHOP_DB".equals(v) ? "jdbc:no://u:secret-word@h" : "");

        assertThatThrownBy(() -> unset.load(folder))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("SHOP_DB, which is not set");
        assertThatThrownBy(() -> wrong.load(folder))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-010")
                .hasMessageNotContaining("secret-word")
                .hasNoCause();
    }

    @Test
    void takesOneSelectAndNothingElse() {
        for (String sql : new String[] {"DELETE FROM person", "SELECT 1; DROP TABLE person", "CALL x()"}) {
            assertThatThrownBy(() -> Mapping.read(Files.writeString(
                            folder.resolve("w.yaml"),
                            "sources: [{file: p, database: SHOP_DB, sql: '" + sql + "', nodes: []}]")))
                    .hasMessageContaining("a query is one SELECT");
        }
    }
}
