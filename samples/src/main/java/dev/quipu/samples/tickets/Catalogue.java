package dev.quipu.samples.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.server.ServerError;
import dev.quipu.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The products and orders of the sample shop, each of which belongs to one split. */
record Catalogue(List<Product> products, List<String> orders) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A product with the values of its options, such as sizes and colours. */
    record Product(String name, Set<String> options) {}

    Catalogue {
        products = List.copyOf(products);
        orders = List.copyOf(orders);
    }

    /**
     * Reads them.
     *
     * @param data the folder of the shop's exports
     */
    static Catalogue read(Path data) {
        try {
            Map<String, Product> products = new LinkedHashMap<>();
            for (String line : Files.readAllLines(data.resolve("products.csv"))) {
                String[] cells = line.split(",", 3);
                products.putIfAbsent(cells[0], new Product(cells[1].strip(), new LinkedHashSet<>()));
            }
            for (String line : Files.readAllLines(data.resolve("variants.jsonl"))) {
                JsonNode variant = JSON.readTree(line);
                Product product = products.get(variant.path("product").asText());
                if (product != null) {
                    variant.path("options").forEach(o -> product.options().add(o.asText()));
                }
            }
            List<String> orders = new ArrayList<>();
            JSON.readTree(data.resolve("orders.json").toFile())
                    .forEach(o -> orders.add(o.path("number").asText()));
            return new Catalogue(
                    products.values().stream()
                            .filter(p -> !p.options().isEmpty())
                            .toList(),
                    orders);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, data + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Those of a split: of ten in a row three are to test, one to validate and six to train. */
    Catalogue of(Split split) {
        return new Catalogue(part(products, split), part(orders, split));
    }

    private static <T> List<T> part(List<T> all, Split split) {
        List<T> part = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Split of = switch (i % 10) {
                case 2, 5, 8 -> Split.TEST;
                case 9 -> Split.VALIDATION;
                default -> Split.TRAIN;
            };
            if (of == split) {
                part.add(all.get(i));
            }
        }
        return part;
    }
}
