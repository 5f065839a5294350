package dev.quipu.server.eval;

import dev.quipu.kg.Row;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether an answer in sentences tells what gold rows hold: each of their values, numbers to the cent. A sentence may tell
 * more, so this forgives; it shows which template's answer to a free question is worth reading, not that it is right.
 */
final class RowsInText {
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*(?:\\.\\d+)?");
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private RowsInText() {}

    static boolean tells(String text, List<Row> gold) {
        List<BigDecimal> numbers = NUMBER.matcher(text)
                .results()
                .map(r -> new BigDecimal(r.group().replace(",", "")))
                .toList();
        String lower = text.toLowerCase(Locale.ROOT);
        List<Object> values = gold.stream()
                .flatMap(r -> r.values().values().stream())
                .flatMap(v -> v instanceof Collection<?> list ? list.stream() : Stream.of(v))
                .map(v -> (Object) v)
                .toList();
        return !values.isEmpty()
                && values.stream()
                        .allMatch(v -> v instanceof Number n
                                ? numbers.stream().anyMatch(t -> near(t, n))
                                : lower.contains(v.toString().strip().toLowerCase(Locale.ROOT)));
    }

    private static boolean near(BigDecimal told, Number gold) {
        return told.subtract(new BigDecimal(gold.toString())).abs().compareTo(CENT) < 0;
    }
}
