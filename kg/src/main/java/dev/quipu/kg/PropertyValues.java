package dev.quipu.kg;

import dev.quipu.kg.Mapping.PropertyRule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns texts of data files into typed property values. */
final class PropertyValues {
    private static final Set<String> TRUE = Set.of("true", "yes", "y", "1", "t", "是", "有");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "0", "f", "否", "无");
    private static final String ISO = "yyyy-MM-dd";
    private static final int LONGEST_NUMBER = 100;
    private static final Pattern PLAIN = Pattern.compile("[+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d{1,3})?");
    private static final Pattern AROUND = Pattern.compile(
            "([+-]?)\\s*\\p{L}{0,5}\\p{Sc}?\\s*((?<!\\p{L})[+-]?)\\s*(\\d[\\d,.\\s']*?)\\s*(?:[^\\d.,\\s]\\D*)?");

    private PropertyValues() {}

    /** @throws IllegalArgumentException with the reason, if a text does not have the type's form */
    static Object convert(List<String> texts, PropertyRule rule) {
        String text = texts.getFirst();
        return switch (rule.type()) {
            case TEXT -> text(text, rule);
            case INTEGER -> whole(text);
            case DECIMAL, MONEY -> Double.valueOf(number(text).doubleValue());
            case BOOLEAN -> bool(text);
            case POSITIVE -> number(text).signum() > 0;
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

    private static Long whole(String text) {
        try {
            return number(text).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is '" + text + "', which is not a whole number of 64 bits", e);
        }
    }

    /**
     * Reads a number with a currency or unit around it and grouping inside; a comma with one or two digits after it at
     * the end is a decimal comma. Letters between digits make no number: "1x5" is a mistake, not fifteen.
     */
    private static BigDecimal number(String text) {
        if (text.length() <= LONGEST_NUMBER && PLAIN.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        Matcher matcher = AROUND.matcher(text);
        if (text.length() <= LONGEST_NUMBER && matcher.matches()) {
            String digits = matcher.group(3).replaceAll("[\\s']", "");
            String plain =
                    digits.matches(".*,\\d{1,2}") ? digits.replace(".", "").replace(',', '.') : digits.replace(",", "");
            String sign = matcher.group(1) + matcher.group(2);
            if (sign.length() < 2 && plain.matches("\\d+(\\.\\d+)?")) {
                return new BigDecimal((sign.equals("-") ? "-" : "") + plain);
            }
        }
        throw new IllegalArgumentException("is '" + text + "', which is not a number");
    }

    private static LocalDate date(String text, String patterns) {
        for (DateTimeFormatter form : dateForms(patterns)) {
            try {
                return LocalDate.parse(text, form);
            } catch (DateTimeParseException next) {
                // The next form may fit.
            }
        }
        throw new IllegalArgumentException("is '" + text + "', which is not a date of the form "
                + (patterns.isEmpty() ? ISO : patterns.replace("|", " or ")));
    }

    /** The date forms that a mapping lists, strict: the 30th of February is a mistake, not the 28th. */
    static List<DateTimeFormatter> dateForms(String patterns) {
        return Stream.of((patterns.isEmpty() ? ISO : patterns).split("\\|"))
                .map(p -> DateTimeFormatter.ofPattern(p.replace('y', 'u'), Locale.ROOT)
                        .withResolverStyle(ResolverStyle.STRICT))
                .toList();
    }
}
