package dev.quipu.kg.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.quipu.kg.GraphStore;
import dev.quipu.kg.SharedGraph;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGraph.class)
class GrammarTest {
    private static final int FEW = 40;
    private static final int MANY = 3_000;

    private GraphStore store;
    private GraphSchema schema;
    private Ownership ownership;
    private final CypherGuard guard = new CypherGuard(Bazaar.PRIVATE);

    @BeforeEach
    void prepare(GraphStore shared) {
        store = shared;
        Bazaar.fill(store);
        GraphSchema all = new SchemaReader(store, Bazaar.EXPOSED).read();
        schema = Ownership.owned(all, "Customer", Bazaar.PRIVATE);
        ownership = Ownership.of(schema, "Customer", Bazaar.PRIVATE);
    }

    @Test
    void readsTheSchemaThatIsExposedAndOwned() {
        assertThat(schema.labels().keySet())
                .containsExactlyInAnyOrder(
                        "Product", "Variant", "OptionValue", "Customer", "Order", "Item", "Shipment");
        assertThat(schema.label("Product").properties()).containsOnlyKeys("name");
        assertThat(schema.property("Order", "status").values()).containsExactly("delivered", "pending");
        assertThat(schema.property("Order", "placedAt").type()).isEqualTo(GraphSchema.ValueType.DATE);
        assertThat(schema.edges())
                .contains(new GraphSchema.Edge("PLACED", "Customer", "Order"))
                .hasSize(7);
    }

    /** Each is parsed, printed, let through by the guard, explained and run, and what it returns names nobody else. */
    @Test
    void holdsOnlyQueriesThatNeo4jTakesAndThatReadTheAskersRows() {
        run(FEW);
    }

    @Tag("long")
    @Test
    void holdsThousandsOfThem() {
        run(MANY);
    }

    private void run(int sentences) {
        Bindings bindings = Bindings.of(
                "more than 3 or 12.50",
                List.of(
                        Bazaar.mention("product", "p1"),
                        Bazaar.mention("option", "color=red"),
                        Bazaar.mention("order", "o-ada"),
                        Bazaar.mention("order", "o-bob")),
                Bazaar.EXPOSED);
        Gbnf grammar = QueryGrammar.of(schema, bindings);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < sentences; i++) {
            String sentence = Sentences.one(grammar, random);

            PrintedQuery query = QueryPrinter.print(
                    QueryParser.parse(sentence, schema, bindings), schema, ownership, Bazaar.EXPOSED.tenant());
            guard.check(sentence, query.cypher(), query.own());
            Map<String, Object> parameters = new LinkedHashMap<>(query.parameters());
            parameters.put(Bindings.CUSTOMER, "ada");

            assertThatCode(() -> store.read("EXPLAIN " + query.cypher(), parameters))
                    .as("%s%n%s", sentence, query.cypher())
                    .doesNotThrowAnyException();
            String rows = store.read(query.cypher(), parameters, Duration.ofSeconds(20), 51)
                    .toString();
            assertThat(rows).as(sentence).doesNotContain("bob");
        }
    }
}
