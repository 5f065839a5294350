package dev.quipu.kg;

import dev.langchain4j.model.embedding.EmbeddingModel;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds what a text mentions, in stages: ids by their form, names by a gazetteer, misspelt names by edit distance and by
 * a full-text index, paraphrased names by a vector index. The indexes are asked only for slots that the stages before
 * found nothing for, and only about words that belong to no mention.
 *
 * <p>Returns every candidate, also overlapping ones and several things of one name; who reads the question chooses.
 * Thread-safe: reads a snapshot that {@link #refresh()} replaces after a load.
 */
public final class Linker {
    /** Several words in lower case, the last one long enough to mean something by itself. */
    private static final Pattern HEADED = Pattern.compile("[a-z][a-z -]* [a-z]{5,}");

    private final GraphStore store;
    private final Linking linking;
    private final @Nullable EmbeddingModel embedder;
    private volatile Gazetteer gazetteer = new Gazetteer();
    private volatile IndexSearch indexes = new IndexSearch(Map.of());

    private Linker(GraphStore store, Linking linking, @Nullable EmbeddingModel embedder) {
        this.store = store;
        this.linking = linking;
        this.embedder = embedder;
    }

    /** A linker without vectors whose names are read from the graph now. */
    public static Linker of(GraphStore store, Linking linking) {
        return made(new Linker(store, linking, null));
    }

    /** @param embedder the model whose vectors fill the vector indexes */
    public static Linker of(GraphStore store, Linking linking, EmbeddingModel embedder) {
        return made(new Linker(store, linking, embedder));
    }

    private static Linker made(Linker linker) {
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
            if (slot.fuzzy()) {
                addHeads(fresh, slot, idsOfName);
            }
        }
        gazetteer = fresh;
        indexes = IndexSearch.of(store, linking);
    }

    /** A customer says "the umbrella" of the only umbrella: the last word of a name stands for it where none shares it. */
    private static void addHeads(Gazetteer fresh, Slot slot, Map<String, Set<String>> idsOfName) {
        Map<String, Set<String>> namesOfHead = new HashMap<>();
        idsOfName.keySet().stream()
                .filter(name -> HEADED.matcher(name).matches())
                .forEach(name -> namesOfHead
                        .computeIfAbsent(name.substring(name.lastIndexOf(' ') + 1), h -> new LinkedHashSet<>())
                        .add(name));
        namesOfHead.forEach((head, names) -> {
            boolean taken = fresh.find(head).stream().anyMatch(m -> m.slot().equals(slot.name()));
            String name = names.iterator().next();
            Set<String> ids = idsOfName.getOrDefault(name, Set.of());
            if (names.size() == 1 && ids.size() == 1 && !taken) {
                fresh.addExact(slot.name(), ids.iterator().next(), head, name);
            }
        });
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
        for (Slot slot : linking.slots()) {
            byIndex(slot, text, found);
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

    private void byIndex(Slot slot, String text, List<Mention> found) {
        slot.fulltext()
                .filter(s -> lacks(found, slot))
                .ifPresent(s -> found.addAll(indexes.byWords(store, slot.name(), s, FreeText.of(text, found))));
        EmbeddingModel model = embedder;
        if (model != null) {
            slot.vector()
                    .filter(s -> lacks(found, slot))
                    .ifPresent(s ->
                            found.addAll(indexes.byMeaning(store, slot.name(), s, FreeText.of(text, found), model)));
        }
    }

    private static boolean lacks(List<Mention> found, Slot slot) {
        return found.stream().noneMatch(m -> m.slot().equals(slot.name()));
    }

    private static boolean overlap(Mention a, Mention b) {
        return a.start() < b.end() && b.start() < a.end();
    }
}
