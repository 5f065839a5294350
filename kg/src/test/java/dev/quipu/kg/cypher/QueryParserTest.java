package dev.quipu.kg.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {
    /** What models that no grammar binds write otherwise, without meaning anything else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MATCH (p:Product {id: $product})<-[:VARIANT_OF]-(v:Variant) RETURN max(v.price) LIMIT 1",
                "```cypher\nMATCH (p:Product {id: $product})<-[r:VARIANT_OF]-(v:Variant)\nRETURN max(v.price);\n```",
                "match (p:Product {id: $product})-[:VARIANT_OF]->(v:Variant) return max(v.price) as m limit 1",
                "MATCH (variant:Variant)-[:VARIANT_OF]->(p:Product) WHERE p.name = $product RETURN max(variant.price)"
            })
    void readsWhatMeansTheSame(String written) {
        PrintedQuery expected = Catalogue.print("MATCH (product:Product)<-[:VARIANT_OF]-(variant:Variant)"
                + " WHERE product.id = $product RETURN max(variant.price) LIMIT 1");

        PrintedQuery printed = Catalogue.print(written);

        assertThat(printed.columns()).isEqualTo(expected.columns());
        assertThat(printed.parameters()).isEqualTo(expected.parameters());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MATCH (n:Nothing) RETURN n.x                                         | no label Nothing",
                "MATCH (product:Product) RETURN product.secret                        | no property secret",
                "MATCH (product:Product)-[:PLACED]->(order:Order) RETURN order.id     | no PLACED joins Product and Order",
                "MATCH (product:Product) RETURN product.name LIMIT 0                  | whole number",
                "MATCH (variant:Variant) WHERE variant.price > 77 RETURN count(variant) | no number 77",
                "MATCH (product:Product {id: $order}) RETURN product.name             | no parameter $order",
                "MATCH (order:Order {id: $product}) RETURN order.id                   | Product.id",
                "MATCH (order:Order) WHERE order.status = 'lost' RETURN order.id      | no known value",
                "MATCH (product:Product) WHERE product.name > 1 RETURN product.name   | no known value",
                "MATCH (order:Order) WHERE count(order) > 1 RETURN order.id           | WHERE compares no counts",
                "MATCH (product:Product) DETACH DELETE product                        | has to stand where",
                "MATCH (product:Product) RETURN product.name UNION MATCH (c:Customer) RETURN c.name | has to end",
                "CALL db.labels()                                                     | begin with MATCH",
                "MATCH (product:Product) RETURN sum(count(product))                   | inside another",
                "MATCH (order:Order) WITH order, max(order.placedAt) AS n RETURN sum(n) | only numbers"
            })
    void saysWhatIsWrong(String written, String problem) {
        assertThatThrownBy(() -> Catalogue.parse(written))
                .isInstanceOfSatisfying(
                        WrittenQueryException.class,
                        e -> assertThat(e.problem()).contains(problem))
                .hasMessageStartingWith("QP-GRAPH-019");
    }

    @Test
    void endsWithDeepNesting() {
        String deep = "MATCH (order:Order) WHERE " + "(".repeat(500) + "order.status = 'pending'";

        assertThatThrownBy(() -> Catalogue.parse(deep)).isInstanceOf(WrittenQueryException.class);
    }

    @Test
    void takesTheLastDayOfAMonthForALaterOne() {
        PrintedQuery printed =
                Catalogue.print("MATCH (order:Order) WHERE order.placedAt <= date('2026-02-31') RETURN order.id");

        assertThat(printed.parameters()).containsValue(java.time.LocalDate.of(2026, 2, 28));
    }
}
