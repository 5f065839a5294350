package dev.quipu.kg.question;

import dev.quipu.Language;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes values in a language: money with the suite's currency, labels in the words of that language. */
record ValueFormat(Language language, String currency, Map<String, String> labels) {
    ValueFormat {
        labels = Map.copyOf(labels);
    }

    String format(Object value, String format) {
        if (value instanceof List<?> list) {
            String separator = language == Language.CHINESE ? "、" : ", ";
            return list.stream().map(v -> format(v, format)).collect(Collectors.joining(separator));
        }
        return switch (format) {
            case "money" -> money(value);
            case "label" -> label(value);
            default -> plain(value);
        };
    }

    private String money(Object value) {
        BigDecimal amount = new BigDecimal(value.toString()).setScale(2, RoundingMode.HALF_UP);
        return (amount.signum() < 0 ? "-" : "") + currency + amount.abs().toPlainString();
    }

    private String label(Object value) {
        String key = plain(value);
        String label = labels.get(key);
        return label != null ? label : labels.getOrDefault(key.toLowerCase(java.util.Locale.ROOT), key);
    }

    private static String plain(Object value) {
        return value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15
                ? String.valueOf(d.longValue())
                : value.toString();
    }
}
