package dev.quipu.kg;

import dev.quipu.kg.Mapping.PropertyRule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns texts of data files into typed property values. */
final class PropertyValues {
    private static final Set<String> TRUE = Set.of("true", "yes", "y", "1", "t", "是", "有");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "0", "f", "否", "无");

    private PropertyValues() {}

    /** @throws IllegalArgumentException with the reason, if a text does not have the type's form */
    static Object convert(List<String> texts, PropertyRule rule) {
        String text = texts.getFirst();
        return switch (rule.type()) {
            case TEXT -> text(text, rule);
            case INTEGER -> Long.valueOf(plainNumber(text));
            case DECIMAL, MONEY -> Double.valueOf(new BigDecimal(plainNumber(text)).doubleValue());
            case BOOLEAN -> bool(text);
            case POSITIVE -> new BigDecimal(plainNumber(text)).signum() > 0;
            case DATE -> date(text, rule.pattern());
            case LIST -> List.copyOf(texts);
        };
    }

    private static String text(String text, PropertyRule rule) {
        if (rule.values().isEmpty()) {
            return text;
        }
        String value = rule.values().getOrDefault(text, rule.values().get(text.toLowerCase(Locale.ROOT)));
        if (value == null) {
            throw new IllegalArgumentException(
                    "is '" + text + "', which is none of " + rule.values().keySet());
        }
        return value;
    }

    private static Boolean bool(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        if (TRUE.contains(folded) || FALSE.contains(folded)) {
            return TRUE.contains(folded);
        }
        throw new IllegalArgumentException("is '" + text + "', which is neither true nor false");
    }

    /** Strips currency and grouping; a comma with one or two digits after it at the end is a decimal comma. */
    private static String plainNumber(String text) {
        String digits = text.replaceAll("[^0-9,.+-]", "");
        String plain =
                digits.matches(".*,\\d{1,2}") ? digits.replace(".", "").replace(',', '.') : digits.replace(",", "");
        if (!plain.matches("[+-]?\\d+(\\.\\d+)?")) {
            throw new IllegalArgumentException("is '" + text + "', which is not a number");
        }
        return plain;
    }

    private static LocalDate date(String text, String patterns) {
        for (String pattern : patterns.isEmpty() ? new String[] {"yyyy-MM-dd"} : patterns.split("\\|")) {
            try {
                return LocalDate.parse(text, DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
            } catch (DateTimeParseException next) {
                // The next pattern may fit.
            }
        }
        throw new IllegalArgumentException("is '" + text + "', which is not a date of the form " + patterns);
    }
}
