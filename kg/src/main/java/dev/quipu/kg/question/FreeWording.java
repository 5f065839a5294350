package dev.quipu.kg.question;

import dev.quipu.Fact;
import dev.quipu.Language;
import dev.quipu.Retrieval;
import dev.quipu.Subgraph;
import dev.quipu.kg.Row;
import dev.quipu.kg.cypher.Exposure;
import dev.quipu.kg.cypher.FreeAnswer.Column;
import dev.quipu.kg.cypher.FreeAnswer.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts the rows of a written query into sentences: what each value is comes from its column, never from a model. */
final class FreeWording {
    private final Exposure exposure;

    FreeWording(Exposure exposure) {
        this.exposure = exposure;
    }

    Retrieval facts(Found found, ValueFormat format) {
        List<Fact> facts = new ArrayList<>();
        for (Row row : found.rows()) {
            Map<String, Object> values = new LinkedHashMap<>();
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < found.columns().size(); i++) {
                Object value = row.get("c" + (i + 1));
                if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
                    Column column = found.columns().get(i);
                    String title = title(column, format.language());
                    values.put(title, value);
                    parts.add(
                            title + (format.language() == Language.CHINESE ? "：" : ": ") + text(column, value, format));
                }
            }
            if (!values.isEmpty()) {
                String text = String.join(format.language() == Language.CHINESE ? "，" : ", ", parts);
                facts.add(new Fact("f" + (facts.size() + 1), "row", text, values, List.of()));
            }
        }
        if (!found.whole()) {
            boolean chinese = format.language() == Language.CHINESE;
            facts.add(new Fact("f" + (facts.size() + 1), "row", chinese ? "还有更多" : "and more", Map.of(), List.of()));
        }
        return new Retrieval(facts, Subgraph.EMPTY, found.cypher());
    }

    /** The facts as one answer. It says whose data they are from: a sum over one's own reads like one over everybody's. */
    static String answer(Retrieval retrieval, Language language) {
        boolean own = retrieval.query().contains("$customer");
        List<String> rows = retrieval.facts().stream().map(Fact::text).toList();
        return language == Language.CHINESE
                ? (own ? "在您本人的资料中查到：" : "在我们店的资料中查到：") + String.join("；", rows) + "。"
                : (own ? "In your own data I found " : "In our shop's data I found ") + String.join("; ", rows) + ".";
    }

    private String text(Column column, Object value, ValueFormat format) {
        boolean amount =
                exposure.money().contains(column.property()) && !column.figure().equals("count");
        return format.format(value instanceof Double d ? (Object) rounded(d) : value, amount ? "money" : "label");
    }

    private static double rounded(double value) {
        return Math.rint(value * 100) / 100;
    }

    private String title(Column column, Language language) {
        boolean chinese = language == Language.CHINESE;
        String label = name(column.label(), language);
        String property = name(column.property(), language);
        String thing = column.property().isEmpty() ? label : chinese ? label + "的" + property : label + " " + property;
        if (column.property().equals("name") || column.property().equals("id")) {
            thing = label;
        }
        return switch (column.figure()) {
            case "count" -> chinese ? label + "数量" : "number of " + label + "s";
            case "sum" -> chinese ? thing + "合计" : "total " + thing;
            case "avg" -> chinese ? "平均" + thing : "average " + thing;
            case "min" -> chinese ? "最低" + thing : "lowest " + thing;
            case "max" -> chinese ? "最高" + thing : "highest " + thing;
            case "difference" -> chinese ? thing + "之差" : "difference in " + thing;
            case "group" -> chinese ? "数值" : "figure";
            default -> thing;
        };
    }

    private String name(String identifier, Language language) {
        return name(exposure, identifier, language);
    }

    /** What customers call a label or property. */
    static String name(Exposure exposure, String identifier, Language language) {
        String word = exposure.names().getOrDefault(language.tag(), Map.of()).get(identifier);
        return word != null
                ? word
                : identifier.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
