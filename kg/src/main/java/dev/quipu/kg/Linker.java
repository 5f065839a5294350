package dev.quipu.kg;

import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import dev.quipu.kg.Linking.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a text mentions: ids by their form, names by a gazetteer, misspelt names by edit distance.
 *
 * <p>Returns every candidate, also overlapping ones and several things of one name; who reads the question chooses.
 * Thread-safe: reads a snapshot that {@link #refresh()} replaces after a load.
 */
public final class Linker {
    private final GraphStore store;
    private final Linking linking;
    private volatile Gazetteer gazetteer = new Gazetteer();

    private Linker(GraphStore store, Linking linking) {
        this.store = store;
        this.linking = linking;
    }

    /** A linker whose names are read from the graph now. */
    public static Linker of(GraphStore store, Linking linking) {
        Linker linker = new Linker(store, linking);
        linker.refresh();
        return linker;
    }

    /** Reads the names again. */
    public void refresh() {
        Gazetteer fresh = new Gazetteer();
        for (Slot slot : linking.slots()) {
            Map<String, Set<String>> idsOfName = new HashMap<>();
            if (!slot.query().isEmpty()) {
                for (Row row : store.read(slot.query(), Map.of(), java.time.Duration.ofSeconds(60), 1_000_000)) {
                    String id = row.text("id");
                    String name = row.text("name");
                    fresh.add(slot.name(), id, name, name);
                    idsOfName
                            .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new LinkedHashSet<>())
                            .add(id);
                }
            }
            slot.aliases().forEach((name, aliases) -> {
                for (String id : idsOfName.getOrDefault(name.toLowerCase(Locale.ROOT), Set.of(name))) {
                    fresh.add(slot.name(), id, name, name);
                    aliases.forEach(alias -> fresh.add(slot.name(), id, alias, name));
                }
            });
        }
        gazetteer = fresh;
    }

    /** The mentions of a text, by their place in it. */
    public List<Mention> link(String text) {
        List<Mention> found = new ArrayList<>();
        for (Slot slot : linking.slots()) {
            slot.patterns().forEach((pattern, form) -> byPattern(slot, pattern, form, text, found));
        }
        Gazetteer names = gazetteer;
        names.find(text).stream()
                .filter(m -> found.stream().noneMatch(f -> f.how() == Stage.ID && overlap(f, m)))
                .forEach(found::add);
        for (Slot slot : linking.slots()) {
            if (slot.fuzzy()) {
                found.addAll(names.findFuzzy(
                        text,
                        slot.name(),
                        token -> found.stream().noneMatch(m -> m.start() < token.end() && token.start() < m.end())));
            }
        }
        return found;
    }

    /** What the gazetteer alone finds in a text: no id, no misspelt name. */
    public List<Mention> names(String text) {
        return gazetteer.find(text);
    }

    private static void byPattern(Slot slot, Pattern pattern, String form, String text, List<Mention> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String id = form;
            for (int g = 0; g <= matcher.groupCount(); g++) {
                String group = matcher.group(g);
                id = id.replace("{" + g + "}", group == null ? "" : group);
            }
            found.add(new Mention(slot.name(), id, id, matcher.start(), matcher.end(), 1, Stage.ID));
        }
    }

    private static boolean overlap(Mention a, Mention b) {
        return a.start() < b.end() && b.start() < a.end();
    }
}
