package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.QuipuException;
import dev.quipu.llama.AdapterUse;
import dev.quipu.llama.Share.Priority;
import java.util.ArrayList;
import java.util.List;

/**
 * How a request wants to be served, beside what it asks: fields of ours, and OpenAI's {@code service_tier}.
 *
 * @param priority against other requests of the same caller: {@code "priority":"low"}, {@code normal} or {@code high}; where
 *     it is not said, the tiers {@code flex} and {@code priority} are low and high
 * @param adapters that act on the loaded model: {@code "adapters":["name",{"name":"other","scale":0.5}]}
 */
record OpenAiService(Priority priority, List<AdapterUse> adapters) {
    OpenAiService {
        adapters = List.copyOf(adapters);
    }

    static OpenAiService read(JsonFields fields) {
        return new OpenAiService(priority(fields), adapters(fields));
    }

    private static Priority priority(JsonFields fields) {
        String tier = switch (fields.text("service_tier").orElse("")) {
            case "flex" -> "low";
            case "priority" -> "high";
            // What tiers a provider has is its own affair, so an unknown one is not refused.
            default -> "normal";
        };
        return switch (fields.text("priority").orElse(tier)) {
            case "low" -> Priority.LOW;
            case "normal" -> Priority.NORMAL;
            case "high" -> Priority.HIGH;
            default ->
                throw ServerException.inField("priority", "'priority' has to be low, normal or high. Correct it.");
        };
    }

    private static List<AdapterUse> adapters(JsonFields fields) {
        List<AdapterUse> adapters = new ArrayList<>();
        fields.any("adapters").ifPresent(list -> {
            if (!list.isArray()) {
                throw bad();
            }
            list.forEach(one -> adapters.add(adapter(one)));
        });
        return adapters;
    }

    private static AdapterUse adapter(JsonNode one) {
        try {
            if (one.isTextual()) {
                return AdapterUse.of(one.asText());
            }
            if (one instanceof ObjectNode object) {
                JsonFields fields = new JsonFields(object);
                return new AdapterUse(
                        fields.text("name").orElseThrow(OpenAiService::bad),
                        fields.number("scale", -100, 100).orElse(1.0).floatValue());
            }
        } catch (QuipuException e) {
            throw ServerException.inField("adapters", e);
        }
        throw bad();
    }

    private static ServerException bad() {
        return ServerException.inField(
                "adapters", "'adapters' has to be a list of names, or of objects with 'name' and 'scale'. Correct it.");
    }
}
