package dev.quipu.samples.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.server.ServerError;
import dev.quipu.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The products and orders of the sample shop, each of which belongs to one split. */
record Catalogue(List<Product> products, List<String> orders) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A product with the values of its options, such as sizes and colours. */
    record Product(String name, List<String> options) {
        Product {
            options = List.copyOf(options);
        }
    }

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
            Map<String, Set<String>> options = new HashMap<>();
            for (String line : Files.readAllLines(data.resolve("variants.jsonl"))) {
                JsonNode variant = JSON.readTree(line);
                Set<String> values =
                        options.computeIfAbsent(variant.path("product").asText(), p -> new LinkedHashSet<>());
                variant.path("options").forEach(o -> values.add(o.asText()));
            }
            Map<String, Product> products = new LinkedHashMap<>();
            for (String line : Files.readAllLines(data.resolve("products.csv"))) {
                String[] cells = line.split(",", 3);
                Set<String> values = options.getOrDefault(cells[0], Set.of());
                if (!values.isEmpty()) {
                    products.putIfAbsent(cells[0], new Product(cells[1].strip(), List.copyOf(values)));
                }
            }
            List<String> orders = new ArrayList<>();
            JSON.readTree(data.resolve("orders.json").toFile())
                    .forEach(o -> orders.add(o.path("number").asText()));
            return new Catalogue(List.copyOf(products.values()), orders);
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
