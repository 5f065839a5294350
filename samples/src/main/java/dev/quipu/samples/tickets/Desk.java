package dev.quipu.samples.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
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
import java.util.regex.Pattern;

/**
 * What the shop's desk knows of its tickets: {@code tickets.yaml}, and the customers' wordings out of the suites.
 *
 * @param around what customers write around a wording
 * @param names values of facts, by what they are
 */
record Desk(List<TicketKind> kinds, BySplit<List<String>> around, BySplit<Map<String, List<String>>> names) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> PLACES = Set.of("order", "product", "option");
    private static final Pattern PLACE = Pattern.compile("\\{([^}]+)}");

    Desk {
        kinds = List.copyOf(kinds);
    }

    /**
     * Reads them.
     *
     * @param samples the folder that has {@code tickets} and {@code suites}
     */
    static Desk read(Path samples, long seed) {
        JsonNode desk = yaml(samples.resolve("tickets").resolve("tickets.yaml"));
        Path commerce = samples.resolve("suites").resolve("commerce");
        JsonNode intents = yaml(commerce.resolve("intents.yaml"));
        JsonNode examples = yaml(commerce.resolve("examples.yaml"));
        List<TicketKind> kinds = new ArrayList<>();
        desk.path("kinds").properties().forEach(kind -> {
            Set<String> wordings = new LinkedHashSet<>();
            for (JsonNode from : kind.getValue().path("from")) {
                wordings.addAll(
                        usable(intents.path(from.asText()).path("examples").path("en")));
                wordings.addAll(usable(examples.path(from.asText()).path("en")));
            }
            kinds.add(kind(kind.getKey(), kind.getValue(), List.copyOf(wordings), seed));
        });
        return new Desk(
                kinds,
                BySplit.of(split -> texts(desk.path("around").path(split.key()))),
                BySplit.of(split -> lists(desk.path("names").path(split.key()))));
    }

    private static TicketKind kind(String label, JsonNode kind, List<String> wordings, long seed) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String decision : List.of("yes", "no", "answer")) {
            if (kind.has(decision)) {
                answers.put(
                        decision.equals("answer") ? TicketKind.PLAIN : decision,
                        kind.get(decision).asText());
            }
        }
        return new TicketKind(
                label, texts(kind.path("facts")), answers, WordingFamilies.split(wordings, seed + label.hashCode()));
    }

    /** Wordings that name nothing but an order, a product and an option, each once at most. */
    private static List<String> usable(JsonNode wordings) {
        return texts(wordings).stream().filter(Desk::usable).toList();
    }

    private static boolean usable(String wording) {
        List<String> places =
                PLACE.matcher(wording).results().map(r -> r.group(1)).toList();
        return PLACES.containsAll(places) && places.size() == Set.copyOf(places).size();
    }

    private static Map<String, List<String>> lists(JsonNode lists) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        lists.properties().forEach(e -> values.put(e.getKey(), texts(e.getValue())));
        return values;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
