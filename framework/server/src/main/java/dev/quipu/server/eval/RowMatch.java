package dev.quipu.server.eval;

import dev.quipu.kg.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares the rows of two queries for execution accuracy: as many rows, and for each gold column another column of the
 * answer so that the rows are the same whatever their order. Numbers count to the cent; further columns are allowed, as
 * they tell a customer more and nothing wrong.
 */
final class RowMatch {
    private RowMatch() {}

    static boolean same(List<Row> gold, List<Row> answer) {
        if (gold.size() != answer.size()) {
            return false;
        }
        List<String> wanted = columns(gold);
        List<String> given = columns(answer);
        return assign(gold, answer, wanted, given, new ArrayList<>());
    }

    private static boolean assign(
            List<Row> gold, List<Row> answer, List<String> wanted, List<String> given, List<String> chosen) {
        if (chosen.size() == wanted.size()) {
            return projected(gold, wanted).equals(projected(answer, chosen));
        }
        for (String column : given) {
            if (!chosen.contains(column)) {
                chosen.add(column);
                List<String> soFar = wanted.subList(0, chosen.size());
                if (projected(gold, soFar).equals(projected(answer, chosen))
                        && assign(gold, answer, wanted, given, chosen)) {
                    return true;
                }
                chosen.removeLast();
            }
        }
        return false;
    }

    private static List<String> columns(List<Row> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(r -> columns.addAll(r.values().keySet()));
        return List.copyOf(columns);
    }

    private static List<String> projected(List<Row> rows, List<String> columns) {
        return rows.stream()
                .map(r -> columns.stream().map(c -> text(r.get(c))).toList().toString())
                .sorted()
                .toList();
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Number n ->
                new BigDecimal(n.toString())
                        .setScale(2, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
            case Collection<?> list ->
                list.stream().flatMap(v -> Stream.of(text(v))).sorted().toList().toString();
            default -> Objects.toString(value).strip();
        };
    }
}
