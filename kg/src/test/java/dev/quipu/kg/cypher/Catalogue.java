package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.Bindings.LinkedValue;
import dev.quipu.kg.cypher.Exposure.Place;
import dev.quipu.kg.cypher.GraphSchema.Edge;
import dev.quipu.kg.cypher.GraphSchema.Label;
import dev.quipu.kg.cypher.GraphSchema.Property;
import dev.quipu.kg.cypher.GraphSchema.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A schema of a shop without a store behind it. */
final class Catalogue {
    static final Set<String> PRIVATE = Set.of("Customer", "Order", "Item");

    static final GraphSchema SCHEMA = new GraphSchema(
            Map.of(
                    "Product", label("Product", Map.of("name", ValueType.TEXT)),
                    "Variant", label("Variant", Map.of("price", ValueType.NUMBER, "available", ValueType.BOOLEAN)),
                    "Customer", label("Customer", Map.of("name", ValueType.TEXT)),
                    "Order",
                            label(
                                    "Order",
                                    Map.of(
                                            "id", ValueType.TEXT,
                                            "status", ValueType.TEXT,
                                            "placedAt", ValueType.DATE)),
                    "Item", label("Item", Map.of("name", ValueType.TEXT, "price", ValueType.NUMBER))),
            List.of(
                    new Edge("VARIANT_OF", "Variant", "Product"),
                    new Edge("PLACED", "Customer", "Order"),
                    new Edge("HAS_ITEM", "Order", "Item"),
                    new Edge("OF_VARIANT", "Item", "Variant")));

    static final Bindings BINDINGS = new Bindings(
            List.of(new LinkedValue("product", "product", new Place("Product", "id"), "p1", "Tent")),
            Set.of("0", "1", "2", "50"));

    private Catalogue() {}

    private static Label label(String name, Map<String, ValueType> types) {
        Map<String, Property> properties = new LinkedHashMap<>();
        types.forEach((property, type) -> properties.put(
                property,
                new Property(
                        name,
                        property,
                        type,
                        property.equals("status") ? List.of("pending", "delivered") : List.of())));
        return new Label(name, "", properties);
    }

    static WrittenQuery parse(String query) {
        return QueryParser.parse(query, SCHEMA, BINDINGS);
    }

    static PrintedQuery print(String query) {
        return QueryPrinter.print(parse(query), SCHEMA, Ownership.of(SCHEMA, "Customer", PRIVATE), Optional.empty());
    }
}
