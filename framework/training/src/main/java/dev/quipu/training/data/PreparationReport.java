package dev.quipu.training.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a preparation did.
 *
 * @param read rows of all sources
 * @param rows of each part
 * @param removals what was left out, the most frequent reason first
 * @param masked pieces of personal data by their mark, over all rows that were read
 * @param cut documents out of which notices were cut
 * @param languages of the rows that passed the filters
 * @param bytes of the rows that are left
 * @param largestFamily rows of the largest family, which are all in one part: where it is large, the parts that are judged by
 *     may come out smaller than was asked
 * @param augmented of the rows to learn from, those that say another one otherwise
 */
public record PreparationReport(
        long read,
        Map<Part, Long> rows,
        List<Removal> removals,
        Map<String, Integer> masked,
        long cut,
        Map<String, Long> languages,
        long bytes,
        int largestFamily,
        long augmented) {
    public PreparationReport {
        rows = Collections.unmodifiableMap(new EnumMap<>(rows));
        removals = List.copyOf(removals);
        masked = Collections.unmodifiableMap(new TreeMap<>(masked));
        languages = Collections.unmodifiableMap(new TreeMap<>(languages));
    }

    /** Rows of all parts, without those that say another one otherwise. */
    public long kept() {
        return rows.values().stream().mapToLong(n -> n).sum() - augmented;
    }

    /** What was left out, in words; empty when nothing was. */
    public String told() {
        return removals.stream().map(r -> r.count() + " " + r.reason()).collect(Collectors.joining(", "));
    }

    public ObjectNode json() {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("read", read).put("kept", kept());
        ObjectNode parts = json.putObject("rows");
        rows.forEach((part, count) -> parts.put(part.key(), count));
        removals.forEach(removal -> {
            ObjectNode one = json.withArray("removed")
                    .addObject()
                    .put("reason", removal.reason())
                    .put("count", removal.count());
            removal.examples()
                    .forEach(e -> one.withArray("examples")
                            .addObject()
                            .put("place", e.place())
                            .put("why", e.why())
                            .put("text", e.text()));
        });
        ObjectNode marks = json.putObject("masked");
        masked.forEach(marks::put);
        ObjectNode tongues = json.putObject("languages");
        languages.forEach(tongues::put);
        return json.put("cut", cut)
                .put("bytes", bytes)
                .put("largestFamily", largestFamily)
                .put("augmented", augmented);
    }

    public String markdown() {
        StringBuilder page = new StringBuilder("# Prepared data\n\n");
        page.append("Read ").append(read).append(" rows, kept ").append(kept()).append(".\n\n");
        table(
                page,
                "Part",
                "Rows",
                rows.entrySet().stream().map(e -> List.of(e.getKey().key(), e.getValue())));
        table(page, "Left out because", "Rows", removals.stream().map(r -> List.of(r.reason(), r.count())));
        table(
                page,
                "Masked",
                "Times",
                masked.entrySet().stream().map(e -> List.of("`" + e.getKey() + "`", e.getValue())));
        table(page, "Language", "Rows", languages.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())));
        page.append("The largest family of rows that stay together has ")
                .append(largestFamily)
                .append(" of them.\n\n");
        if (augmented > 0) {
            page.append(augmented).append(" of the rows to learn from say another one in other words.\n\n");
        }
        if (cut > 0) {
            page.append("Notices were cut out of ").append(cut).append(" documents.\n\n");
        }
        for (Removal removal : removals) {
            page.append("## ").append(removal.reason()).append("\n\n");
            removal.examples()
                    .forEach(e -> page.append("- ")
                            .append(e.place())
                            .append(" (")
                            .append(e.why())
                            .append("): ")
                            .append(quoted(e.text()))
                            .append('\n'));
            page.append('\n');
        }
        return page.toString();
    }

    /** As code, with a fence that the text does not have, so that nothing in it is taken for markup. */
    private static String quoted(String text) {
        String fence = "`";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence + " " + text + " " + fence;
    }

    private static void table(
            StringBuilder page, String what, String number, java.util.stream.Stream<List<? extends Object>> lines) {
        List<List<? extends Object>> all = lines.toList();
        if (all.isEmpty()) {
            return;
        }
        page.append("| ").append(what).append(" | ").append(number).append(" |\n|---|---|\n");
        all.forEach(line -> page.append("| ")
                .append(line.get(0))
                .append(" | ")
                .append(line.get(1))
                .append(" |\n"));
        page.append('\n');
    }
}
