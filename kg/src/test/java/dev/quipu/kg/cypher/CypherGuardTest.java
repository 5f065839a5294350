package dev.quipu.kg.cypher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CypherGuardTest {
    private static final String READ = "MATCH (p:Product {id: $product}) RETURN p.name AS name";

    private final CypherGuard guard = new CypherGuard(List.of("Customer", "Order"));

    /** Clauses that write, each in the disguises that a query text allows. */
    static Stream<String> disguisedWrites() {
        List<String> writes = List.of(
                "CREATE (x:Evil)",
                "MERGE (x:Evil)",
                "SET p.name = 'x'",
                "DELETE p",
                "DETACH DELETE p",
                "REMOVE p.name",
                "FOREACH (i IN [1] | SET p.x = i)",
                "CALL dbms.listConfig()",
                "CALL { MATCH (q:Product) RETURN q }",
                "LOAD CSV FROM 'file:///etc/passwd' AS line",
                "INSERT (:Evil)",
                "DROP INDEX x",
                "USE other",
                "SHOW USERS");
        return writes.stream()
                .flatMap(w -> Stream.of(
                        "MATCH (p:Product) " + w + " RETURN 1 AS one",
                        "MATCH (p:Product)\n\t" + w.toLowerCase(java.util.Locale.ROOT) + "\nRETURN 1 AS one",
                        "MATCH (p:Product)/**/" + w + "/* */RETURN 1 AS one",
                        "MATCH (p:Product) // a comment\n" + w + " RETURN 1 AS one",
                        "MATCH (p:`a'b`:Product) " + w + " RETURN '1' AS one",
                        "MATCH (p:`a\"b`:Product) " + w + " RETURN \"1\" AS one",
                        "MATCH (p:Product) WHERE p.name = 'it\\'s' " + w + " RETURN '1' AS one",
                        "MATCH (p:`a//b`:Product) " + w + " RETURN 1 AS one",
                        "MATCH (p:`/*`:Product) " + w + " RETURN 1 AS `*/`",
                        READ + "; " + w,
                        READ + " UNION " + w));
    }

    @ParameterizedTest
    @MethodSource("disguisedWrites")
    void refusesWritesInEveryDisguise(String cypher) {
        assertThatThrownBy(() -> guard.check("intents.yaml/x", cypher, false))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("intents.yaml/x")
                .extracting("code")
                .isEqualTo(GraphError.UNSAFE_QUERY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MATCH (p:Product) RETURN '\\u0027 CREATE (x) //'",
                "MATCH (p:Product) \\u0043REATE (x:Evil)",
                "MATCH (p:Product) RETURN 'open",
                "MATCH (p:Product) RETURN p /* open",
                "MATCH (p:`open) RETURN p",
                "MATCH (p:$($label)) RETURN p",
                "MATCH (p:Product) RETURN apoc.cypher.runFirstColumnSingle('MATCH (c:Customer) RETURN c', {}) AS c",
                "MATCH (p:Product) RETURN gds.util.asNode(1) AS c",
                "MATCH (n) RETURN n",
                "MATCH (n {id: $order}) RETURN n",
                "MATCH (n WHERE n.id = $order) RETURN n",
                "MATCH (p:Product)<--(x) RETURN x",
                "MATCH (p:Product), (x) RETURN x",
                "MATCH (p:Product)--()--(c) RETURN c",
                "MATCH g = (x)-[:PLACED]->(y) RETURN g",
                "MATCH (p:Product) WHERE exists((p)--(x {id: 1})) RETURN p",
                "MATCH (c:Customer) RETURN c.email AS email",
                "MATCH (p:Product)--(c:`Customer`) RETURN c.email AS email",
                "MATCH (p:Product)--(c:Product|Customer) RETURN c.email AS email",
                "MATCH (p:Product) WHERE EXISTS { (p)--(:Order) } RETURN p.name AS name",
                "MATCH (p:Product)--(c:!Product&Order) RETURN c.id AS id"
            })
    void refusesWhatMayReachPrivateDataOrHideWhatItDoes(String cypher) {
        assertThatThrownBy(() -> guard.check("intents.yaml/x", cypher, false))
                .isInstanceOf(GraphException.class)
                .extracting("code")
                .isEqualTo(GraphError.UNSAFE_QUERY);
    }

    @Test
    void refusesAnOwnQueryThatNoCustomerBinds() {
        assertThatThrownBy(() -> guard.check("x", "MATCH (o:Order {id: $order}) RETURN o.id AS id", true))
                .hasMessageContaining("no {id: $customer} binds it");
        assertThatThrownBy(() -> guard.check("x", "MATCH (o:Order) RETURN '{id: $customer}' AS id", true))
                .hasMessageContaining("no {id: $customer} binds it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                READ,
                "MATCH (p:Product) WHERE p.name = 'create or delete' RETURN p.name AS name",
                "MATCH (p:Product {id: $product})<-[:VARIANT_OF]-(v:Variant) WITH p, v MATCH (v)-[:HAS_OPTION]->(o:OptionValue) RETURN o.value AS value",
                "MATCH (p:Product) RETURN p.created AS set_at, count(p) AS n, date.truncate('month', p.since) AS m",
                "MATCH (p:Product) WHERE size(p.name) > 3 AND (p.price IS NULL OR (p.price) < 5) RETURN p.name AS `order`",
                "MATCH (:Product {id: $product})<-[:VARIANT_OF]-(:Variant)-[:HAS_OPTION]->(o:OptionValue) RETURN DISTINCT o.id AS id"
            })
    void passesReadingQueries(String cypher) {
        assertThatCode(() -> guard.check("x", cypher, false)).doesNotThrowAnyException();
    }

    @Test
    void passesPrivateDataOfTheAskingCustomer() {
        String own = "MATCH (:Customer {id: $customer})-[:PLACED]->(o:Order {id: $order}) RETURN o.status AS status";

        assertThatCode(() -> guard.check("x", own, true)).doesNotThrowAnyException();
    }
}
