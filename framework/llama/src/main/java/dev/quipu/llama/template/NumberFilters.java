package dev.quipu.llama.template;

import dev.quipu.llama.template.Filters.Filter;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Filters that make or change numbers. */
final class NumberFilters {
    static final Map<String, Filter> ALL = Map.of(
            "int", NumberFilters::integer,
            "float", NumberFilters::real,
            "round", NumberFilters::round,
            "abs", NumberFilters::absolute);

    private static final Pattern REAL = Pattern.compile(
            "[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|inf|infinity|nan)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 400;

    private NumberFilters() {}

    private static Value integer(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "int", "default", "base");
        requireDefined(run, input);
        int base = bound.integer("base", 10);
        if (base != 0 && (base < 2 || base > 36)) {
            throw run.failure(TemplateError.WRONG_TYPE, "There is no number base " + base);
        }
        if (input instanceof Value.Text text) {
            Optional<BigInteger> parsed = parse(text.text(), base);
            if (parsed.isPresent()) {
                return Numbers.bounded(run, parsed.get());
            }
        }
        return number(input)
                .filter(Double::isFinite)
                .map(number -> input instanceof Value.Int ? input : Numbers.truncate(run, number))
                .orElseGet(() -> bound.find("default").orElse(Value.of(0)));
    }

    private static Value real(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "float", "default");
        requireDefined(run, input);
        return number(input)
                .<Value>map(Value.Real::new)
                .orElseGet(() -> bound.find("default").orElse(new Value.Real(0)));
    }

    private static void requireDefined(Execution run, Value input) {
        if (input instanceof Value.Undefined undefined) {
            throw run.failure(TemplateError.UNDEFINED, "'" + undefined.name() + "' is undefined and no number");
        }
    }

    private static Optional<Double> number(Value input) {
        if (Numbers.isNumber(input)) {
            return Optional.of(Numbers.real(input));
        }
        if (!(input instanceof Value.Text text)) {
            return Optional.empty();
        }
        String digits = PythonText.strip(text.text(), "", true, true).replace("_", "");
        if (digits.length() > LONGEST || !REAL.matcher(digits).matches()) {
            return Optional.empty();
        }
        String lower = PythonText.lower(digits);
        double sign = lower.startsWith("-") ? -1 : 1;
        if (lower.contains("inf")) {
            return Optional.of(sign * Double.POSITIVE_INFINITY);
        }
        return Optional.of(lower.contains("nan") ? Double.NaN : Double.parseDouble(digits));
    }

    /** Python's {@code int(text, base)}: white space around, underscores inside, and a prefix where the base has one. */
    private static Optional<BigInteger> parse(String text, int base) {
        String digits = PythonText.lower(PythonText.strip(text, "", true, true)).replace("_", "");
        boolean negative = digits.startsWith("-");
        String body = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        int radix = base;
        for (Map.Entry<String, Integer> prefix :
                Map.of("0x", 16, "0o", 8, "0b", 2).entrySet()) {
            if (body.startsWith(prefix.getKey()) && (base == 0 || base == prefix.getValue())) {
                radix = prefix.getValue();
                body = body.substring(2);
            }
        }
        int finalRadix = radix == 0 ? 10 : radix;
        boolean valid = !body.isEmpty()
                && body.length() <= LONGEST
                && body.chars().allMatch(digit -> Character.digit(digit, finalRadix) >= 0);
        return valid ? Optional.of(new BigInteger((negative ? "-" : "") + body, finalRadix)) : Optional.empty();
    }

    private static Value round(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "round", "precision", "method");
        requireNumber(run, "round", input);
        RoundingMode mode = switch (bound.text("method").orElse("common")) {
            case "common" -> RoundingMode.HALF_EVEN;
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> throw run.failure(TemplateError.WRONG_TYPE, "round knows the methods common, ceil and floor");
        };
        double rounded = Numbers.round(Numbers.real(input), bound.integer("precision", 0), mode);
        return input instanceof Value.Int && mode == RoundingMode.HALF_EVEN ? input : new Value.Real(rounded);
    }

    private static Value absolute(Execution run, Value input, Arguments arguments) {
        arguments.bind(run, "abs");
        requireNumber(run, "abs", input);
        BigInteger integer = Numbers.integer(input);
        return integer != null ? Value.of(integer.abs()) : new Value.Real(Math.abs(Numbers.real(input)));
    }

    private static void requireNumber(Execution run, String filter, Value input) {
        if (!Numbers.isNumber(input)) {
            throw run.failure(TemplateError.WRONG_TYPE, filter + " takes a number, not " + Types.name(input));
        }
    }
}
