package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.Fact;
import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Language;
import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import dev.quipu.Question;
import dev.quipu.Retrieval;
import dev.quipu.Source;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.SharedGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SharedGraph.class)
class QueryRunnerTest {
    private static final Identity ADA = new Identity.Customer("shop", "c1");
    private static final String SENTENCES = """
              fact: {en: "{id}: {name}", zh: "{id}"}
              answer: {en: "{id}", zh: "{id}"}
              examples: {en: [x], zh: [y]}
            """;

    @TempDir
    Path folder;

    private GraphStore store;
    private QueryRunner runner;
    private Suite suite;

    @BeforeEach
    void prepare(GraphStore shared) throws Exception {
        store = shared;
        store.write(
                "CREATE (:Customer {id: 'c1'})-[:PLACED]->(:Order {id: 'o1', name: 'mine', in_o_csv: 'o.csv:4'}),"
                        + " (:Customer {id: 'c2'})-[:PLACED]->(:Order {id: 'o2', name: 'theirs'}),"
                        + " (:Product {id: 'p1', name: 'Tent', in_p_csv: 'p.csv:2'})",
                Map.of());
        Files.writeString(folder.resolve("suite.yaml"), "name: shop\n");
        Files.writeString(folder.resolve("intents.yaml"), """
                product:
                  asks: about a product
                  scope: public
                  queries:
                    - {when: [product], cypher: "MATCH (p:Product {id: $product}) RETURN p.id AS id, p.name AS name, p AS g"}
                """ + SENTENCES + """
                order:
                  asks: about an order
                  scope: own
                  queries:
                    - when: [order]
                      cypher: "MATCH g = (:Customer {id: $customer})-[:PLACED]->(o:Order) WHERE o.id IN $orders RETURN o.id AS id, o.name AS name, g"
                """ + SENTENCES);
        suite = Suite.read(folder);
        runner = new QueryRunner(store);
    }

    private Retrieval run(String intent, String slot, String id, Identity who) {
        IntentDefinition definition =
                java.util.Objects.requireNonNull(suite.intents().get(intent));
        List<Mention> mentions = List.of(new Mention(slot, id, id, 0, 1, 1, Stage.ID));
        return runner.run(
                definition,
                new Intent(intent, "", 1, mentions, List.of()),
                new Question("c", who, "?", Language.ENGLISH),
                suite.format(Language.ENGLISH, Map.of()));
    }

    @Test
    void turnsRowsIntoFactsWithSourcesAndPaths() {
        Retrieval found = run("order", "order", "o1", ADA);

        Fact fact = found.facts().getFirst();
        assertThat(fact.text()).isEqualTo("o1: mine");
        assertThat(fact.values()).containsOnlyKeys("id", "name");
        assertThat(fact.sources()).containsExactly(new Source("o.csv", 4));
        assertThat(found.graph().edges()).hasSize(1);
        assertThat(found.query()).startsWith("MATCH");
    }

    @Test
    void readsNothingOfAnotherCustomer() {
        assertThat(run("order", "order", "o2", ADA).facts()).isEmpty();
        assertThat(run("order", "order", "o1", new Identity.Anonymous("shop")).facts())
                .isEmpty();
        assertThat(run("order", "order", "o1", new Identity.Customer("shop", "' OR 1=1 //"))
                        .facts())
                .isEmpty();
    }

    @Test
    void refusesAnIntentWithoutItsSlot() {
        assertThatThrownBy(() -> run("product", "colour", "red", ADA))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-015");
    }

    /** What an attacker may get into a slot: every opening, with every clause behind it. */
    static Stream<String> injections() {
        List<String> openings = List.of(
                "",
                "'",
                "\"",
                "`",
                "' })",
                "\"})",
                "`})",
                "\\'",
                "' OR '1'='1",
                "ʼ",
                "\\u0027",
                "$customer",
                "*/",
                "//");
        List<String> clauses = List.of(
                " DETACH DELETE n //",
                " MATCH (n) DETACH DELETE n",
                " WITH 1 AS x MATCH (n) SET n.id = 'p1' //",
                " RETURN 1 UNION MATCH (c:Order) RETURN c.id AS id, c.name AS name, c AS g //",
                " CALL dbms.listConfig() YIELD name RETURN name //",
                " LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l //",
                "; CREATE (:Evil)",
                "{{7*7}}${7*7}#{7*7}%s%n");
        return openings.stream().flatMap(o -> clauses.stream().map(c -> "p1" + o + c));
    }

    @ParameterizedTest
    @MethodSource("injections")
    void takesSlotValuesAsValues(String value) {
        Retrieval product = run("product", "product", value, ADA);
        Retrieval order = run("order", "order", value, ADA);

        assertThat(product.facts()).isEmpty();
        assertThat(order.facts()).isEmpty();
        assertThat(store.read("MATCH (n) RETURN count(n) AS n, count(n.id) AS ids", Map.of()))
                .extracting(r -> r.number("n") + "/" + r.number("ids"))
                .containsExactly("5/5");
    }
}
