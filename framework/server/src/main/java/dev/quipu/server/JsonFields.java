package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The fields of a request, each of the type and range it has to be of. A null counts as absent. */
record JsonFields(ObjectNode body) {
    Optional<JsonNode> any(String name) {
        return Optional.ofNullable(body.get(name)).filter(value -> !value.isNull());
    }

    Optional<String> text(String name) {
        return any(name).map(value -> {
            require(value.isTextual(), name, "a text");
            return value.asText();
        });
    }

    boolean flag(String name) {
        return any(name)
                .map(value -> {
                    require(value.isBoolean(), name, "true or false");
                    return value.asBoolean();
                })
                .orElse(false);
    }

    Optional<Double> number(String name, double low, double high) {
        return any(name).map(value -> {
            boolean fits = value.isNumber() && value.asDouble() >= low && value.asDouble() <= high;
            require(fits, name, "a number from " + low + " to " + high);
            return value.asDouble();
        });
    }

    Optional<Integer> integer(String name, int low, int high) {
        return any(name).map(value -> {
            boolean fits = value.isIntegralNumber()
                    && value.canConvertToInt()
                    && value.asInt() >= low
                    && value.asInt() <= high;
            require(fits, name, "a whole number from " + low + " to " + high);
            return value.asInt();
        });
    }

    /** Whether a text has nothing to read: white space and control characters, by which LangChain4j judges too. */
    static boolean blank(String text) {
        return text.isBlank() || text.trim().isEmpty();
    }

    private static void require(boolean fits, String name, String form) {
        if (!fits) {
            throw ServerException.inField(name, "'" + name + "' has to be " + form + ". Correct it.");
        }
    }
}
