package dev.quipu.kg;

import dev.quipu.kg.Mapping.PropertyRule;
import dev.quipu.kg.Mapping.PropertyType;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the values of a column, or of a field of records, have in common. */
final class InferredColumn {
    private static final int DISTINCT = 200_000;
    private static final int KEPT = 2_000;
    private static final int LONGEST_KEY = 200;
    /** What share of values may be wrong: data have mistakes. */
    private static final double MISTAKES = 0.03;

    private static final Pattern INTEGER = Pattern.compile("[+-]?(?:0|[1-9]\\d{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d+\\.\\d+");
    private static final Pattern MONEY =
            Pattern.compile("[+-]?\\p{Sc}\\s?\\d[\\d,.' ]*|\\d[\\d,.']*\\s?(?:\\p{Sc}|EUR|USD|CNY|GBP)");
    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "是", "否");
    /** Digits that nobody counts with. */
    private static final Pattern LABELS =
            Pattern.compile("(?i).*(zip|postal|phone|fax|code|number|_no|barcode|isbn|last_?four).*");

    private static final List<String> DATES =
            List.of("yyyy-MM-dd", "dd.MM.yyyy", "yyyy/MM/dd", "dd/MM/yyyy", "MM/dd/yyyy", "yyyyMMdd", "yyyy年M月d日");

    private final String name;
    private final Set<String> distinct = new HashSet<>();
    private final List<String> sample = new ArrayList<>();
    private long values;
    private boolean list;
    private long repeated;

    InferredColumn(String name) {
        this.name = name;
    }

    void add(String value) {
        values++;
        if (distinct.size() < DISTINCT) {
            repeated += distinct.add(value) ? 0 : 1;
        }
        if (sample.size() < KEPT) {
            sample.add(value);
        }
    }

    void addList(List<String> elements) {
        list = true;
        elements.forEach(this::add);
    }

    String name() {
        return name;
    }

    long values() {
        return values;
    }

    Set<String> distinct() {
        return distinct;
    }

    boolean list() {
        return list;
    }

    /** How many of its values occur before. */
    long repeated() {
        return repeated;
    }

    /** Whether it tells the records apart; one that is named as a key may have a few mistakes. */
    boolean unique(long records, boolean named) {
        double mistakes = named ? MISTAKES * records : 0;
        return !list
                && repeated <= mistakes
                && records - values <= mistakes
                && sample.stream().allMatch(v -> v.length() <= LONGEST_KEY);
    }

    /** A type with what is to be said about it. */
    record Type(PropertyType type, String pattern, String doubt) {
        static Type sure(PropertyType type) {
            return new Type(type, "", "");
        }
    }

    Type type() {
        if (list) {
            return Type.sure(PropertyType.LIST);
        }
        if (sample.isEmpty()) {
            return new Type(PropertyType.TEXT, "", "no record has a value");
        }
        if (all(WORDS::contains)) {
            return Type.sure(PropertyType.BOOLEAN);
        }
        if (!LABELS.matcher(name).matches()) {
            if (all(v -> INTEGER.matcher(v).matches())) {
                boolean flags = distinct.equals(Set.of("0", "1"));
                return new Type(PropertyType.INTEGER, "", flags ? "only 0 and 1: perhaps a boolean" : "");
            }
            if (all(v -> DECIMAL.matcher(v).matches() || INTEGER.matcher(v).matches())) {
                return Type.sure(PropertyType.DECIMAL);
            }
            if (sample.stream().anyMatch(v -> MONEY.matcher(v).matches())) {
                return money();
            }
        }
        return date();
    }

    private Type money() {
        PropertyRule rule = new PropertyRule(name, PropertyType.MONEY, "", Map.of());
        long wrong = sample.stream().filter(v -> !amount(v, rule)).count();
        if (wrong > MISTAKES * sample.size()) {
            return Type.sure(PropertyType.TEXT);
        }
        return new Type(PropertyType.MONEY, "", wrong == 0 ? "" : wrong + " value(s) are no amounts");
    }

    private static boolean amount(String value, PropertyRule rule) {
        try {
            PropertyValues.convert(List.of(value), rule);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean all(java.util.function.Predicate<String> test) {
        return sample.stream().allMatch(v -> test.test(v.toLowerCase(java.util.Locale.ROOT)) || test.test(v));
    }

    /** Up to two forms that together fit all values; several forms may fit the same ones. */
    private Type date() {
        Map<String, List<String>> misses = new LinkedHashMap<>();
        for (String form : DATES) {
            DateTimeFormatter format = PropertyValues.dateForms(form).getFirst();
            misses.put(form, sample.stream().filter(v -> !parses(v, format)).toList());
        }
        List<String> whole =
                DATES.stream().filter(f -> held(misses, f).isEmpty()).toList();
        if (!whole.isEmpty()) {
            String doubt = whole.size() == 1 ? "" : "all days are below 13: perhaps " + whole.get(1);
            return new Type(PropertyType.DATE, whole.getFirst(), doubt);
        }
        for (String first : DATES) {
            for (String second : DATES) {
                List<String> rest = held(misses, first);
                if (rest.size() < sample.size() && held(misses, second).stream().noneMatch(rest::contains)) {
                    return new Type(PropertyType.DATE, first + "|" + second, "two forms of dates");
                }
            }
        }
        return Type.sure(PropertyType.TEXT);
    }

    private static List<String> held(Map<String, List<String>> misses, String form) {
        return misses.getOrDefault(form, List.of());
    }

    private static boolean parses(String value, DateTimeFormatter form) {
        try {
            return value.length() <= 12 && LocalDate.parse(value, form).getYear() > 1500;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
