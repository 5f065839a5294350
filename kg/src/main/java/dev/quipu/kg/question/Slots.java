package dev.quipu.kg.question;

import dev.quipu.Mention;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The slots that mentions fill. The first distinct thing of a kind fills {@code product}, the second {@code product2};
 * {@code option2} is filled only when two options exclude each other, as in "the red or the blue one".
 */
record Slots(List<Mention> mentions) {
    Slots {
        mentions = List.copyOf(mentions);
    }

    /** Names of all filled slots. */
    Set<String> filled() {
        Set<String> filled = new TreeSet<>();
        byKind().forEach((slot, ids) -> {
            filled.add(slot);
            if (ids.size() > 1 && !slot.equals("option")) {
                filled.add(slot + "2");
            }
        });
        if (optionGroups().size() > 1) {
            filled.add("option2");
        }
        return filled;
    }

    /**
     * The parameters of a query: {@code $order} and {@code $orders} for each slot, null or empty where nothing fills it.
     * Ids are values, never text of the query.
     */
    Map<String, @Nullable Object> parameters(Set<String> known) {
        Map<String, List<String>> byKind = byKind();
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        for (String slot : known) {
            List<String> ids = byKind.getOrDefault(slot, List.of());
            parameters.put(slot, ids.isEmpty() ? null : value(slot, ids.getFirst()));
            parameters.put(slot + "s", ids);
        }
        parameters.put("option-groups", optionGroups());
        return parameters;
    }

    private static Object value(String slot, String id) {
        boolean amount = slot.equals(Quantities.MAXIMUM) || slot.equals(Quantities.MINIMUM);
        return amount ? (Object) Double.valueOf(id) : id;
    }

    private Map<String, List<String>> byKind() {
        Map<String, List<String>> byKind = new LinkedHashMap<>();
        for (Mention mention : mentions) {
            List<String> ids = byKind.computeIfAbsent(mention.slot(), s -> new ArrayList<>());
            if (!ids.contains(mention.id())) {
                ids.add(mention.id());
            }
        }
        return byKind;
    }

    /** Sets of options that can hold together: options of one name split into groups, the others belong to each. */
    private List<List<String>> optionGroups() {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (String id : byKind().getOrDefault("option", List.of())) {
            byName.computeIfAbsent(id.split("=", 2)[0], n -> new ArrayList<>()).add(id);
        }
        int groups = byName.values().stream().mapToInt(List::size).max().orElse(0);
        List<List<String>> result = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            List<String> group = new ArrayList<>();
            for (List<String> ids : byName.values()) {
                if (ids.size() == 1 || g < ids.size()) {
                    group.add(ids.get(ids.size() == 1 ? 0 : g));
                }
            }
            result.add(List.copyOf(group));
        }
        return result;
    }
}
