package dev.quipu.kg.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryPrinterTest {
    @Test
    void beginsPrivateQueriesAtWhoAsks() {
        PrintedQuery printed = Catalogue.print("MATCH (item:Item) RETURN sum(item.price)");

        assertThat(printed.own()).isTrue();
        assertThat(printed.cypher())
                .startsWith("MATCH (:Customer {id: $customer})-[:PLACED]->(order:Order)-[:HAS_ITEM]->(item:Item)");
    }

    @Test
    void bindsTheOwnerToWhoAsks() {
        PrintedQuery printed = Catalogue.print("MATCH (customer:Customer) RETURN customer.name");

        assertThat(printed.cypher()).contains("MATCH (customer:Customer {id: $customer})");
    }

    @Test
    void limitsWhatIsReachedOnAnotherWayThanThatOfOwnership() {
        PrintedQuery printed = Catalogue.print(
                "MATCH (product:Product)<-[:VARIANT_OF]-(variant:Variant) OPTIONAL MATCH (variant)<-[:OF_VARIANT]-(item:Item)"
                        + " RETURN product.name, count(item)");

        assertThat(printed.cypher())
                .contains("EXISTS { (:Customer {id: $customer})-[:PLACED]->(:Order)-[:HAS_ITEM]->(item) }");
    }

    @Test
    void limitsWhatAWalkInAConditionLeadsTo() {
        PrintedQuery printed = Catalogue.print(
                "MATCH (variant:Variant) WHERE NOT (variant)<-[:OF_VARIANT]-(:Item) RETURN count(variant)");

        assertThat(printed.own()).isTrue();
        assertThat(printed.cypher())
                .contains(
                        "(x1:Item) WHERE EXISTS { (:Customer {id: $customer})-[:PLACED]->(:Order)-[:HAS_ITEM]->(x1) }");
    }

    @Test
    void leavesPublicQueriesAlone() {
        PrintedQuery printed = Catalogue.print(
                "MATCH (product:Product {id: $product})<-[:VARIANT_OF]-(variant:Variant) RETURN avg(variant.price) LIMIT 1");

        assertThat(printed.own()).isFalse();
        assertThat(printed.cypher()).isEqualTo("""
                MATCH (product:Product)<-[:VARIANT_OF]-(variant:Variant)
                WHERE product.id = $product
                WITH round(avg(variant.price), 2) AS c1
                ORDER BY c1 LIMIT 1
                RETURN c1""");
        assertThat(printed.parameters()).containsExactly(java.util.Map.entry("product", "p1"));
    }

    @Test
    void joinsWhatIsSpokenOfButNotMatched() {
        PrintedQuery printed = Catalogue.print("MATCH (variant:Variant) RETURN product.name");

        assertThat(printed.cypher()).contains("(variant:Variant)-[:VARIANT_OF]->(product:Product)");
    }

    @Test
    void limitsAgainWhatIsBoundAnewBehindGroups() {
        PrintedQuery printed = Catalogue.print(
                "MATCH (item:Item)-[:OF_VARIANT]->(variant:Variant) WITH variant, count(item) AS n WHERE n > 1 RETURN item.name");

        String behind = printed.cypher().substring(printed.cypher().indexOf("WITH variant"));
        assertThat(behind).contains("EXISTS { (:Customer {id: $customer})-[:PLACED]->(:Order)-[:HAS_ITEM]->(item) }");
    }

    @Test
    void limitsRowsWhateverIsWritten() {
        assertThat(Catalogue.print("MATCH (product:Product) RETURN product.name LIMIT 999999")
                        .cypher())
                .contains("LIMIT 51");
        assertThat(Catalogue.print("MATCH (product:Product) RETURN product.name")
                        .cypher())
                .contains("LIMIT 51");
    }
}
