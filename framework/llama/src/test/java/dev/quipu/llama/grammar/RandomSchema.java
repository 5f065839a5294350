package dev.quipu.llama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Schemas of the kinds that are held, drawn at random, each with a source of values that satisfy it. */
public final class RandomSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of(
            "id", "name", "größe", "a b", "quo\"te", "na", "x/y", "list", "käse", "ids", "tilde~", "back\\slash");
    private static final Map<String, List<String>> FORMATS = Map.ofEntries(
            Map.entry("date", List.of("2024-02-29", "1999-12-31", "2023-04-30")),
            Map.entry("time", List.of("00:00:00Z", "23:59:59.5+05:30")),
            Map.entry("date-time", List.of("2024-02-29T12:30:00Z", "2000-01-01T00:00:00.123-08:00")),
            Map.entry("duration", List.of("P3W", "P1Y2M3DT4H5M6S", "PT5M")),
            Map.entry("uuid", List.of("123e4567-e89b-12d3-a456-426614174000")),
            Map.entry("hostname", List.of("example.org", "a-b.c1")),
            Map.entry("ipv4", List.of("0.0.0.0", "192.168.1.255")),
            Map.entry("ipv6", List.of("::", "::1", "2001:db8::1", "1:2:3:4:5:6:7:8")),
            Map.entry("uri", List.of("https://example.org/a/b?q=1#top", "ftp://x")));
    private static final Map<String, List<String>> PATTERNS = Map.of(
            "^[A-Z]{2}-\\d{3,5}$", List.of("AB-123", "ZZ-99999"),
            "^(red|green|blue)$", List.of("red", "blue"),
            "lamp", List.of("lamp", "a lamp!", "\"lamp\"\n"),
            "^\\w+([.-]\\w+)*$", List.of("a", "a.b-c"),
            "^[^\\s\"]*$", List.of("", "ä€😀\\"),
            "(\\d\\d)+$", List.of("12", "x1234"));

    private final Random random;

    public RandomSchema(long seed) {
        random = new Random(seed);
    }

    /** A schema and where values for it come from. */
    public record Case(ObjectNode schema, Supplier<JsonNode> values) {}

    public Case next() {
        boolean recursive = random.nextInt(6) == 0;
        Case made = recursive ? tree() : any(3);
        return made;
    }

    private Case any(int depth) {
        int kinds = depth > 0 ? 13 : 7;
        return switch (random.nextInt(kinds)) {
            case 0, 1 -> string();
            case 2 -> integer();
            case 3 -> number();
            case 4 -> constant();
            case 5 -> plain();
            case 6 -> described(string());
            case 7 -> array(depth - 1);
            case 8 -> tuple(depth - 1);
            case 9 -> union(depth - 1);
            case 10 -> apart(depth - 1);
            default -> object(depth - 1);
        };
    }

    private Case plain() {
        return switch (random.nextInt(4)) {
            case 0 -> new Case(typed("boolean"), () -> NODES.booleanNode(random.nextBoolean()));
            case 1 -> new Case(typed("null"), NODES::nullNode);
            case 2 -> {
                ObjectNode schema = NODES.objectNode();
                schema.putArray("type").add("string").add("null");
                schema.put("maxLength", 5);
                yield new Case(schema, () -> random.nextBoolean() ? NODES.nullNode() : NODES.textNode(text(0, 5)));
            }
            default ->
                new Case(
                        NODES.objectNode(),
                        () -> NODES.objectNode()
                                .set("x", NODES.arrayNode().add(1.5).add(text(0, 3))));
        };
    }

    private Case described(Case inner) {
        inner.schema().put("title", "A title").put("description", "Say it").put("default", 1);
        inner.schema().putArray("examples").add("x");
        return inner;
    }

    private Case string() {
        ObjectNode schema = typed("string");
        return switch (random.nextInt(4)) {
            case 0 -> {
                String format = pick(List.copyOf(FORMATS.keySet()));
                schema.put("format", format);
                yield new Case(schema, () -> NODES.textNode(pick(FORMATS.getOrDefault(format, List.of()))));
            }
            case 1 -> {
                String pattern = pick(List.copyOf(PATTERNS.keySet()));
                schema.put("pattern", pattern);
                yield new Case(schema, () -> NODES.textNode(pick(PATTERNS.getOrDefault(pattern, List.of()))));
            }
            default -> {
                int least = random.nextInt(4);
                int most = least + random.nextInt(random.nextInt(10) == 0 ? 300 : 6);
                if (random.nextBoolean()) {
                    schema.put("minLength", least);
                }
                if (random.nextBoolean()) {
                    schema.put("maxLength", most);
                }
                yield new Case(schema, () -> NODES.textNode(text(least, most)));
            }
        };
    }

    private String text(int least, int most) {
        int length = least + random.nextInt(most - least + 1);
        return IntStream.range(0, length)
                .mapToObj(i -> pick(List.of("a", "Z", " ", "\"", "\\", "\n", "/", "ß", "退", "😀", "\u0001", "\u007f")))
                .collect(Collectors.joining());
    }

    private Case integer() {
        ObjectNode schema = typed("integer");
        long low = random.nextInt(3) == 0 ? random.nextInt(20) - 10 : random.nextInt(200_000) - 100_000;
        long high = low + 2 + random.nextInt(random.nextBoolean() ? 20 : 100_000);
        boolean from = random.nextBoolean();
        boolean to = random.nextBoolean();
        if (from) {
            schema.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", low);
        }
        if (to) {
            schema.put(random.nextBoolean() ? "maximum" : "exclusiveMaximum", high);
        }
        return new Case(schema, () -> NODES.numberNode(low + 1 + (long) (random.nextDouble() * (high - low - 1))));
    }

    private Case number() {
        ObjectNode schema = typed("number");
        BigDecimal low = new BigDecimal(random.nextInt(20_000) - 10_000).movePointLeft(random.nextInt(5));
        BigDecimal high = low.add(new BigDecimal(1 + random.nextInt(10_000)).movePointLeft(random.nextInt(5)));
        if (random.nextBoolean()) {
            schema.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", low);
        }
        if (random.nextBoolean()) {
            schema.put(random.nextBoolean() ? "maximum" : "exclusiveMaximum", high);
        }
        BigDecimal span = high.subtract(low);
        return new Case(
                schema,
                () -> NODES.numberNode(low.add(span.multiply(new BigDecimal(1 + random.nextInt(9)).movePointLeft(1)))));
    }

    private Case constant() {
        List<JsonNode> all = List.of(
                NODES.textNode("A \"B\""),
                NODES.textNode("退货"),
                NODES.numberNode(-3),
                NODES.numberNode(new BigDecimal("2.5")),
                NODES.booleanNode(true),
                NODES.nullNode(),
                NODES.arrayNode().add(1).add("x"),
                NODES.objectNode().put("k", "v"));
        if (random.nextBoolean()) {
            JsonNode one = pick(all);
            return new Case(NODES.objectNode().set("const", one), () -> one);
        }
        List<JsonNode> some = all.stream().filter(v -> random.nextBoolean()).toList();
        List<JsonNode> listed = some.isEmpty() ? all : some;
        ObjectNode schema = NODES.objectNode();
        listed.forEach(schema.putArray("enum")::add);
        return new Case(schema, () -> pick(listed));
    }

    private Case array(int depth) {
        Case item = any(depth);
        ObjectNode schema = typed("array");
        schema.set("items", item.schema());
        int least = random.nextInt(3);
        int most = least + random.nextInt(4);
        if (random.nextBoolean()) {
            schema.put("minItems", least);
        }
        if (random.nextBoolean()) {
            schema.put("maxItems", most);
        }
        return new Case(schema, () -> list(List.of(), item, least + random.nextInt(most - least + 1)));
    }

    private Case tuple(int depth) {
        List<Case> places = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> any(depth - 1))
                .toList();
        Case item = any(0);
        ObjectNode schema = typed("array");
        places.forEach(p -> schema.withArray("prefixItems").add(p.schema()));
        boolean closed = random.nextBoolean();
        schema.set("items", closed ? NODES.booleanNode(false) : item.schema());
        int least = random.nextInt(places.size() + 1);
        if (random.nextBoolean()) {
            schema.put("minItems", least);
        }
        int more = closed ? 0 : random.nextInt(3);
        return new Case(schema, () -> list(places, item, least + random.nextInt(places.size() - least + 1 + more)));
    }

    private static JsonNode list(List<Case> places, Case item, int size) {
        ArrayNode list = NODES.arrayNode();
        for (int i = 0; i < size; i++) {
            list.add((i < places.size() ? places.get(i) : item).values().get());
        }
        return list;
    }

    private Case object(int depth) {
        ObjectNode schema = typed("object");
        List<String> names = NAMES.stream().filter(n -> random.nextInt(3) == 0).toList();
        List<Case> members = names.stream().map(n -> any(depth - 1)).toList();
        List<Boolean> required = names.stream().map(n -> random.nextBoolean()).toList();
        ObjectNode properties = schema.putObject("properties");
        for (int i = 0; i < names.size(); i++) {
            properties.set(names.get(i), members.get(i).schema());
            if (required.get(i)) {
                schema.withArray("required").add(names.get(i));
            }
        }
        Case beyond = any(0);
        int kind = random.nextInt(4);
        if (kind == 1) {
            schema.put("additionalProperties", false);
        } else if (kind == 2) {
            schema.put("additionalProperties", true);
        } else if (kind == 3) {
            schema.set("additionalProperties", beyond.schema());
        }
        return new Case(schema, () -> {
            ObjectNode value = NODES.objectNode();
            for (int i = 0; i < names.size(); i++) {
                if (required.get(i) || random.nextBoolean()) {
                    value.set(names.get(i), members.get(i).values().get());
                }
            }
            for (int i = random.nextInt(3); kind >= 2 && i > 0; i--) {
                value.set("n" + i, beyond.values().get());
            }
            return value;
        });
    }

    private Case union(int depth) {
        List<Case> options = IntStream.rangeClosed(0, 1 + random.nextInt(2))
                .mapToObj(i -> any(depth))
                .toList();
        ObjectNode schema = NODES.objectNode();
        options.forEach(o -> schema.withArray("anyOf").add(o.schema()));
        return new Case(schema, () -> pick(options).values().get());
    }

    /** Objects that a constant tells apart, joined with what all have. */
    private Case apart(int depth) {
        ObjectNode schema = NODES.objectNode();
        Case shared = any(0);
        List<Case> members = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            Case member = any(depth);
            members.add(member);
            ObjectNode option = typed("object");
            ObjectNode properties = option.putObject("properties");
            properties.putObject("kind").put("const", "k" + i);
            properties.set("m" + i, member.schema());
            option.putArray("required").add("kind").add("m" + i);
            schema.withArray("oneOf").add(option);
        }
        ObjectNode common = typed("object");
        common.putObject("properties").set("shared", shared.schema());
        ObjectNode all = NODES.objectNode();
        all.putArray("allOf").add(schema).add(common);
        return new Case(all, () -> {
            int i = random.nextInt(members.size());
            ObjectNode value = NODES.objectNode().put("kind", "k" + i);
            value.set("m" + i, members.get(i).values().get());
            if (random.nextBoolean()) {
                value.set("shared", shared.values().get());
            }
            return value;
        });
    }

    /** A schema that refers to itself. */
    private Case tree() {
        Case leaf = any(1);
        ObjectNode node = typed("object");
        ObjectNode properties = node.putObject("properties");
        properties.set("value", leaf.schema());
        properties.putObject("next").put("$ref", "#/$defs/node");
        ObjectNode children = properties.putObject("children").put("type", "array");
        children.putObject("items").put("$ref", "#/$defs/node");
        node.putArray("required").add("value");
        ObjectNode schema = NODES.objectNode();
        schema.putObject("$defs").set("node", node);
        schema.put("$ref", "#/$defs/node");
        return new Case(schema, () -> node(leaf, 3));
    }

    private JsonNode node(Case leaf, int depth) {
        ObjectNode node = NODES.objectNode();
        node.set("value", leaf.values().get());
        if (depth > 0 && random.nextBoolean()) {
            node.set("next", node(leaf, depth - 1));
        }
        if (depth > 0 && random.nextBoolean()) {
            node.putArray("children").add(node(leaf, depth - 2)).add(node(leaf, 0));
        }
        return node;
    }

    private static ObjectNode typed(String type) {
        return NODES.objectNode().put("type", type);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
