package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGraph.class)
class GraphLoaderTest {
    private static final String SHOP = """
            sources:
              - file: products.csv
                nodes:
                  - {label: Product, id: sku, properties: {name: name, price: {from: price, type: money}}, required: [name]}
                  - {label: Category, id: category}
                relationships:
                  - {type: IN, from: {label: Product, id: sku}, to: {label: Category, id: category}}
              - file: orders.jsonl
                nodes:
                  - {label: Order, id: no, properties: {placed: {from: placed, type: date}, paid: {from: paid, type: boolean}}}
                relationships:
                  - {type: HAS, from: {label: Order, id: no}, to: {label: Product, id: items}}
            """;
    private static final String PRODUCTS = "sku,name,price,category\np1,Tent,10,Camping\np2,Stove,20,Camping\n";
    private static final String ORDERS = """
            {"no":"o1","placed":"2026-01-02","paid":true,"items":["p1","p2"]}
            {"no":"o2","items":["p2"]}
            """;

    @TempDir
    Path folder;

    private LoaderFixture shop;

    @BeforeEach
    void prepare(GraphStore store) throws IOException {
        shop = new LoaderFixture(store, folder)
                .mapping(SHOP)
                .file("products.csv", PRODUCTS)
                .file("orders.jsonl", ORDERS);
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        StringBuilder rows = new StringBuilder("sku,name,price,category\n");
        for (int i = 0; i < 10_000; i++) {
            rows.append('p').append(i % 100).append(",Tent,10,Camping\n");
        }
        shop.file("products.csv", rows.toString());
        List<String> told = new ArrayList<>();

        shop.load(shop.loader().withProgress((file, step, read) -> told.add(file + " " + step + " " + read)));

        assertThat(told).containsExactly("products.csv NODES 10000", "products.csv RELATIONSHIPS 10000");
    }

    @Test
    void makesNodesAndRelationshipsOfTypedValues() {
        LoadReport report = shop.load();

        assertThat(report.bad()).isEmpty();
        assertThat(shop.counts()).containsExactly(5L, 5L);
        assertThat(shop.ask("MATCH (p:Product {id: 'p1'}) RETURN p.price + 0.5"))
                .containsExactly(10.5);
        assertThat(shop.ask("MATCH (o:Order {id: 'o1'}) WHERE o.paid AND o.placed = date('2026-01-02') RETURN o.id"))
                .containsExactly("o1");
    }

    @Test
    void tellsOfEveryNodeAndRelationshipWhereItComesFrom() {
        shop.load();

        assertThat(shop.ask("MATCH (p:Product {id: 'p2'}) RETURN p.in_products_csv"))
                .containsExactly("products.csv:3");
        assertThat(shop.ask("MATCH (:Order {id: 'o2'})-[r:HAS]->() RETURN r.in_orders_jsonl"))
                .containsExactly("orders.jsonl:2");
        assertThat(shop.ask("MATCH ()-[r]->() WHERE none(k IN keys(r) WHERE k STARTS WITH 'in_') RETURN r"))
                .isEmpty();
    }

    @Test
    void givesTheSameGraphWhenLoadedTwice() throws IOException {
        shop.load();
        List<Object> once = shop.counts();

        LoadReport unchanged = shop.load();
        LoadReport again = shop.file("products.csv", PRODUCTS + "\n").load();

        assertThat(unchanged.unchanged()).isEqualTo(2);
        assertThat(unchanged.nodes()).isZero();
        assertThat(again.unchanged()).isEqualTo(1);
        assertThat(shop.counts()).isEqualTo(once);
    }

    @Test
    void leavesNothingStaleWhenRowsAndValuesVanish() throws IOException {
        shop.load();

        shop.file("products.csv", "sku,name,price,category\np2,Gas stove,,Cooking\n")
                .load();

        assertThat(shop.ask("MATCH (p:Product) RETURN p.name")).containsExactly("Gas stove");
        assertThat(shop.ask("MATCH (p:Product {id: 'p2'}) WHERE p.price IS NULL RETURN p.id"))
                .containsExactly("p2");
        assertThat(shop.ask("MATCH (c:Category) RETURN c.id")).containsExactly("Cooking");
        assertThat(shop.ask("MATCH (:Order {id: 'o1'})-[:HAS]->(p) RETURN p.id"))
                .containsExactly("p2");
    }

    @Test
    void restoresRelationshipsOfAnUnchangedFileWhenTheirEndReturns() throws IOException {
        shop.load();
        LoadReport gone = shop.file("products.csv", "sku,name,price,category\np2,Stove,20,Camping\n")
                .load();

        shop.file("products.csv", PRODUCTS).load();

        assertThat(gone.bad())
                .extracting(BadRow::toString)
                .containsExactly("orders.jsonl:1 HAS refers to the Product 'p1', which no row declares");
        assertThat(shop.ask("MATCH (:Order {id: 'o1'})-[:HAS]->(p) RETURN p.id ORDER BY p.id"))
                .containsExactly("p1", "p2");
    }

    @Test
    void removesARelationshipThatWasWrittenAgainOnlyForItsEnd() throws IOException {
        shop.load();
        shop.file("products.csv", PRODUCTS + "p3,Lamp,3,Camping\n").load();

        shop.file("orders.jsonl", "{\"no\":\"o1\",\"items\":[\"p3\"]}\n").load();

        assertThat(shop.ask("MATCH (o)-[:HAS]->(p) RETURN o.id + p.id")).containsExactly("o1p3");
        assertThat(shop.ask("MATCH (o:Order) WHERE o.placed IS NULL RETURN o.id"))
                .containsExactly("o1");
    }

    @Test
    void keepsWhatAnotherFileHoldsToo() throws IOException {
        shop.mapping(SHOP + """
                  - file: names.csv
                    nodes:
                      - {label: Product, id: sku, properties: {chinese: name}}
                """).file("names.csv", "sku,name\np1,帐篷\np9,水壶\n").load();

        shop.file("products.csv", "sku,name,price,category\n").load();

        assertThat(shop.ask("MATCH (p:Product) RETURN p.chinese ORDER BY p.id")).containsExactly("帐篷", "水壶");
        assertThat(shop.ask("MATCH (p:Product) WHERE p.name IS NOT NULL RETURN p"))
                .isEmpty();
    }

    @Test
    void letsTheLaterFileOfTheMappingWinWhateverIsLoadedLast() throws IOException {
        String two = """
                sources:
                  - {file: a.csv, nodes: [{label: Thing, id: id, properties: {name: name}}]}
                  - {file: b.csv, nodes: [{label: Thing, id: id, properties: {name: name}}]}
                """;
        shop.mapping(two)
                .file("a.csv", "id,name\n1,a\n2,a\n")
                .file("b.csv", "id,name\n1,b\n")
                .load();

        shop.file("a.csv", "id,name\n1,changed\n2,changed\n").load();
        List<Object> both = shop.ask("MATCH (t:Thing) RETURN t.name ORDER BY t.id");
        shop.file("b.csv", "id,name\n2,b\n").load();

        assertThat(both).containsExactly("b", "changed");
        assertThat(shop.ask("MATCH (t:Thing) RETURN t.name ORDER BY t.id")).containsExactly("changed", "b");
    }

    @Test
    void removesAWholeSource() {
        shop.load();

        shop.loader().unload("orders.jsonl");

        assertThat(shop.counts()).containsExactly(3L, 2L);
        assertThat(shop.load().unchanged()).isEqualTo(1);
        assertThat(shop.counts()).containsExactly(5L, 5L);
    }

    @Test
    void namesTheFilesThereAreWhenASourceToRemoveIsNotAmongThem() {
        shop.load();

        assertThatThrownBy(() -> shop.loader().unload("order.jsonl"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("It holds orders.jsonl, products.csv");
    }

    @Test
    void reportsBadRowsAndGoesOn() throws IOException {
        LoadReport report = shop.file(
                        "products.csv",
                        "sku,name,price,category\n,No key,1,A\np1,,1,A\np2,Stove,cheap,A\np3,Lamp,3\np4,\"Mu\"g,4,A\np5,Cup,5,A\n")
                .file(
                        "orders.jsonl",
                        "{\"no\":\"o1\",\"placed\":\"2026-02-30\"}\n{broken\n{\"no\":\"o3\",\"items\":[\"nowhere\"]}\n")
                .load();

        assertThat(report.bad())
                .extracting(BadRow::toString)
                .containsExactlyInAnyOrder(
                        "products.csv:2 sku is missing, but is the key of Product",
                        "products.csv:3 name is missing, but is required",
                        "products.csv:4 price is 'cheap', which is not a number",
                        "products.csv:5 has 3 columns instead of 4",
                        "products.csv:6 is not well-formed: text follows a closing quote",
                        "orders.jsonl:1 placed is '2026-02-30', which is not a date of the form yyyy-MM-dd",
                        "orders.jsonl:2 is not JSON: Unexpected character ('b' (code 98)): was expecting double-quote to start field name",
                        "orders.jsonl:3 HAS refers to the Product 'nowhere', which no row declares");
        assertThat(shop.ask("MATCH (p:Product) RETURN p.id")).containsExactly("p5");
    }

    @Test
    void leavesTheGraphAsItWasWhenABadRowStopsTheLoad() throws IOException {
        shop.load();
        List<Object> before = shop.counts();
        shop.file("products.csv", "sku,name,price,category\np7,New,1,A\np8,Bad,x,A\n");

        assertThatThrownBy(() -> shop.load(shop.loader().stoppingAtBadRows()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-011 products.csv:3 price is 'x'");
        assertThat(shop.counts()).isEqualTo(before);
        assertThat(shop.load().unchanged()).isEqualTo(1);
    }

    @Test
    void findsEndsThatALaterFileDeclares() throws IOException {
        LoadReport report = shop.mapping("""
                sources:
                  - file: orders.jsonl
                    nodes: [{label: Order, id: no}]
                    relationships: [{type: HAS, from: {label: Order, id: no}, to: {label: Product, id: items}}]
                  - {file: products.csv, nodes: [{label: Product, id: sku}]}
                """).load();

        assertThat(report.bad()).isEmpty();
        assertThat(shop.counts()).containsExactly(4L, 3L);
    }

    @Test
    void takesValuesAsDataWhateverTheyHold() throws IOException {
        String evil = "x' }) DETACH DELETE n //";
        shop.file("products.csv", "sku,name,price,category\n\"" + evil + "\",\"`}) MATCH (n) DELETE n\",1,\"$(x)\"\n")
                .load();

        assertThat(shop.ask("MATCH (p:Product) RETURN p.id")).containsExactly(evil);
        assertThat(shop.ask("MATCH (p:Product)-[:IN]->(c) RETURN c.id")).containsExactly("$(x)");
    }

    @Test
    void refusesAKeyThatNoIndexCanHoldAndTakesAHugeCell() throws IOException {
        String huge = "x".repeat(200_000);
        LoadReport report = shop.file(
                        "products.csv", "sku,name,price,category\n" + huge + ",A,1,C\np1," + huge + ",1,C\n")
                .load();

        assertThat(report.bad()).extracting(BadRow::reason).contains("has 200000 characters; a key has at most 2000");
        assertThat(shop.ask("MATCH (p:Product) RETURN size(p.name)")).containsExactly((long) huge.length());
    }

    @Test
    void makesAFulltextIndexAnewWhenItsDeclarationChanges() throws IOException {
        String index = "indexes: {fulltext: [{name: products, labels: [Product], properties: [%s], analyzer: %s}]}\n";
        shop.mapping(SHOP + index.formatted("name", "standard")).load();

        shop.mapping(SHOP + index.formatted("name, chinese", "cjk")).load();

        assertThat(shop.ask("SHOW FULLTEXT INDEXES YIELD name, properties, options WHERE name = 'products'"
                        + " RETURN properties[1] + options.indexConfig.`fulltext.analyzer`"))
                .containsExactly("chinesecjk");
        assertThat(shop.ask("CALL db.index.fulltext.queryNodes('products', 'tent') YIELD node RETURN node.id"))
                .containsExactly("p1");
    }

    @Test
    void namesTheEntryOfAnUnknownAnalyzer() throws IOException {
        shop.mapping(SHOP
                + "indexes: {fulltext: [{name: odd, labels: [Product], properties: [name], analyzer: klingon}]}\n");

        assertThatThrownBy(shop::load)
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-009 The full-text index 'odd' cannot be made")
                .hasMessageContaining("klingon");
    }

    @Test
    void loadsManyRowsInParts() throws IOException {
        assertThat(loadProducts(20_500)).isEqualTo(List.of(20_507L, 20_500L));
    }

    @Test
    @Tag("long")
    void loadsMoreRowsThanOneTransactionShouldHold() throws IOException {
        assertThat(loadProducts(300_000)).isEqualTo(List.of(300_007L, 300_000L));
    }

    private List<Object> loadProducts(int count) throws IOException {
        StringBuilder rows = new StringBuilder("sku,name,price,category\n");
        for (int i = 0; i < count; i++) {
            rows.append('k').append(i).append(",Thing,1,C").append(i % 7).append('\n');
        }
        shop.file("products.csv", rows.toString()).file("orders.jsonl", "").load();
        return shop.counts();
    }

    @Test
    void namesAFileThatIsMissing() throws IOException {
        Files.delete(folder.resolve("orders.jsonl"));

        assertThatThrownBy(shop::load)
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-010")
                .hasMessageContaining("orders.jsonl");
    }
}
