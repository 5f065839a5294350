package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.Row;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which way questions take in the whole assistant: to a template, to the writer of queries, or to neither. */
public final class RoutingScore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Way, Integer> free = counts();
    private final Map<Way, Integer> declared = counts();
    private int told;

    /** What answers a question. */
    public enum Way {
        query,
        template,
        passages,
        refusal
    }

    private static Map<Way, Integer> counts() {
        Map<Way, Integer> counts = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            counts.put(way, 0);
        }
        return counts;
    }

    /**
     * Counts a free question; its line for a result file.
     *
     * @param reading what is read where no query can be written, with its score
     * @param answer what the assistant says, where no query is written
     */
    public String free(FreeQuestions.FreeQuestion question, Way way, String reading, String answer, List<Row> gold) {
        boolean tells = way == Way.template && RowsInText.tells(answer, gold);
        free.merge(way, 1, Integer::sum);
        told += tells ? 1 : 0;
        return line(question.id(), "free", question.question(), way, reading)
                .put("half", question.half())
                .put("answer", answer)
                .put("tells_gold", tells)
                .toString();
    }

    /** Counts a question that a template should answer, or that should be refused; its line for a result file. */
    public String declared(QuestionFile.Asked question, Way way, String reading) {
        declared.merge(way, 1, Integer::sum);
        return line(question.id(), "declared", question.question(), way, reading)
                .toString();
    }

    private static ObjectNode line(String id, String set, String question, Way way, String reading) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("set", set)
                .put("way", way.name())
                .put("reading", reading)
                .put("question", question);
    }

    public String table() {
        return "free questions: " + way(free)
                + "; of those taken by a template " + told + " are told the gold's values, "
                + (free.getOrDefault(Way.template, 0) - told) + " are not"
                + (all(declared) == 0 ? "" : System.lineSeparator() + "declared questions: " + way(declared));
    }

    private static String way(Map<Way, Integer> counts) {
        return String.format(
                Locale.ROOT,
                "%d, to the writer of queries %d, to a template %d, to documents %d, refused %d",
                all(counts),
                counts.get(Way.query),
                counts.get(Way.template),
                counts.get(Way.passages),
                counts.get(Way.refusal));
    }

    private static int all(Map<Way, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The same as metrics. */
    public String json() {
        ObjectNode metrics = JSON.createObjectNode();
        free.forEach((way, count) -> metrics.put("eval.routing.free." + way, count));
        metrics.put("eval.routing.free.template_tells_gold", told);
        declared.forEach((way, count) -> metrics.put("eval.routing.declared." + way, count));
        return JSON.createObjectNode().<ObjectNode>set("metrics", metrics).toString();
    }
}
