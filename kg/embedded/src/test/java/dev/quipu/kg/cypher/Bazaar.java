package dev.quipu.kg.cypher;

import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.cypher.Exposure.Open;
import dev.quipu.kg.cypher.Exposure.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A shop with two customers, whose names tell whose everything is. */
final class Bazaar {
    static final Set<String> PRIVATE = Set.of("Customer", "Order", "Item", "Shipment", "Secret");

    static final Exposure EXPOSED = new Exposure(
            "Customer",
            Optional.empty(),
            // In one order always, so that a seed means the same sentences in each process.
            new TreeMap<>(Map.of(
                    "Product", new Open("an article", ordered("name")),
                    "Variant", new Open("", ordered("price", "available")),
                    "OptionValue", new Open("", ordered("name", "value")),
                    "Customer", new Open("who asks", ordered("name", "city")),
                    "Order", new Open("", ordered("id", "status", "placedAt", "city")),
                    "Item", new Open("", ordered("name", "price", "quantity")),
                    "Shipment", new Open("", ordered("tracking")),
                    "Secret", new Open("belongs to nobody", ordered("text")))),
            Set.of("Product", "Variant", "OptionValue"),
            Set.of("Order.status"),
            Set.of("price"),
            Map.of(
                    "product", new Place("Product", "id"),
                    "option", new Place("OptionValue", "id"),
                    "order", new Place("Order", "id"),
                    "status", new Place("Order", "status")),
            Set.of(),
            List.of(),
            List.of(),
            Map.of(),
            List.of());

    private Bazaar() {}

    private static Set<String> ordered(String... names) {
        return new TreeSet<>(List.of(names));
    }

    static void fill(GraphStore store) {
        store.write("""
                CREATE (tent:Product {id: 'p1', name: 'Tent', hidden: 'cost 3'}), (mug:Product {id: 'p2', name: 'Mug'}),
                  (red:OptionValue {id: 'color=red', name: 'color', value: 'red'}),
                  (v1:Variant {id: 'v1', price: 80.0, available: true}), (v2:Variant {id: 'v2', price: 5.5, available: false}),
                  (v1)-[:VARIANT_OF]->(tent), (v2)-[:VARIANT_OF]->(mug), (v1)-[:HAS_OPTION]->(red),
                  (:Secret {text: 'nobody knows'})-[:ABOUT]->(tent)
                WITH v1, v2
                UNWIND ['ada', 'bob'] AS who
                CREATE (c:Customer {id: who, name: who, city: 'city of ' + who}),
                  (c)-[:PLACED]->(o:Order {id: 'o-' + who, status: 'pending', placedAt: date('2026-11-02'), city: 'city of ' + who}),
                  (c)-[:PLACED]->(:Order {id: 'p-' + who, status: 'delivered', placedAt: date('2026-10-05'), city: 'x of ' + who}),
                  (o)-[:HAS_ITEM]->(i:Item {id: 'i-' + who, name: 'tent of ' + who, price: 70.0, quantity: 2}),
                  (o)-[:HAS_ITEM]->(j:Item {id: 'j-' + who, name: 'mug of ' + who, price: 6.0, quantity: 1}),
                  (i)-[:OF_VARIANT]->(v1), (j)-[:OF_VARIANT]->(v2),
                  (o)-[:SHIPPED_AS]->(s:Shipment {id: 's-' + who, tracking: 'track ' + who}), (s)-[:CONTAINS]->(i)
                """, Map.of());
    }

    static Mention mention(String slot, String id) {
        return new Mention(slot, id, id, 0, 0, 1, Stage.ID);
    }
}
