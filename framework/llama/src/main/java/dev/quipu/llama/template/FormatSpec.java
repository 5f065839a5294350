package dev.quipu.llama.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How Python's formatting lays out one value: {@code [[fill]align][sign][0][width][,][.precision][type]}.
 *
 * @param fill what pads
 * @param align {@code <}, {@code >}, {@code ^}, {@code =} between sign and digits, or a blank for the type's own
 * @param sign {@code +} or a blank before positive numbers, {@code -} for none
 * @param width least width in code points
 * @param grouped whether thousands are separated by commas
 * @param precision digits after the point, or most characters of a string; -1 when not given
 * @param type the letter of the type; a blank for the value's own
 */
record FormatSpec(String fill, char align, char sign, int width, boolean grouped, int precision, char type) {
    private static final Pattern FORM = Pattern.compile(
            "(?:(.)?([<>=^]))?([-+ ])?(0)?(\\d{0,6})(,)?(?:\\.(\\d{1,3}))?([a-zA-Z%])?", Pattern.DOTALL);

    static FormatSpec parse(Execution run, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw run.failure(TemplateError.UNSUPPORTED, "The format '" + text + "' is not supported");
        }
        boolean zero = form.group(4) != null;
        String align = form.group(2);
        String fill = form.group(1) != null ? form.group(1) : zero ? "0" : " ";
        return new FormatSpec(
                fill,
                align != null ? align.charAt(0) : zero ? '=' : ' ',
                form.group(3) == null ? '-' : form.group(3).charAt(0),
                form.group(5).isEmpty() ? 0 : Integer.parseInt(form.group(5)),
                form.group(6) != null,
                form.group(7) == null ? -1 : Integer.parseInt(form.group(7)),
                form.group(8) == null ? ' ' : form.group(8).charAt(0));
    }

    String apply(Execution run, Value value) {
        boolean ownText = type == ' ' && !(value instanceof Value.Int || value instanceof Value.Real);
        if (type == 's' || ownText) {
            String text = Printer.text(run, value);
            int most = precision < 0 ? PythonText.length(text) : Math.min(precision, PythonText.length(text));
            return Padding.pad(run, PythonText.substring(text, 0, most), width, fill, align == ' ' ? '<' : align);
        }
        if (!Numbers.isNumber(value)) {
            throw run.failure(
                    TemplateError.WRONG_TYPE, "The format '" + type + "' needs a number, not " + Types.name(value));
        }
        String digits = digits(run, value);
        String prefix = digits.startsWith("-") ? "-" : sign == '-' ? "" : String.valueOf(sign);
        String body = digits.startsWith("-") ? digits.substring(1) : digits;
        if (align == '=') {
            return prefix + Padding.pad(run, body, width - prefix.length(), fill, '>');
        }
        return Padding.pad(run, prefix + body, width, fill, align == ' ' ? '>' : align);
    }

    private String digits(Execution run, Value value) {
        BigInteger integer = Numbers.integer(value);
        return switch (type) {
            case 'd', 'i', 'n' -> group(require(run, integer).toString());
            case 'x' -> require(run, integer).toString(16);
            case 'X' -> require(run, integer).toString(16).toUpperCase(Locale.ROOT);
            case 'o' -> require(run, integer).toString(8);
            case 'b' -> require(run, integer).toString(2);
            case 'f', 'F' -> fixed(Numbers.real(value), precision < 0 ? 6 : precision);
            case '%' -> fixed(Numbers.real(value) * 100, precision < 0 ? 6 : precision) + "%";
            case 'e', 'E' -> exponential(Numbers.real(value));
            case ' ' ->
                integer != null
                        ? group(integer.toString())
                        : precision < 0 ? Numbers.show(Numbers.real(value)) : fixed(Numbers.real(value), precision);
            default -> throw run.failure(TemplateError.UNSUPPORTED, "The format '" + type + "' is not supported");
        };
    }

    private static BigInteger require(Execution run, @Nullable BigInteger integer) {
        if (integer == null) {
            throw run.failure(TemplateError.WRONG_TYPE, "This format needs an integer");
        }
        return integer;
    }

    private String fixed(double number, int places) {
        if (!Double.isFinite(number)) {
            return Numbers.show(number);
        }
        String plain =
                new BigDecimal(number).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
        return group(number < 0 && !plain.startsWith("-") ? "-" + plain : plain);
    }

    private String exponential(double number) {
        String text = String.format(Locale.ROOT, "%." + (precision < 0 ? 6 : precision) + "e", number);
        return type == 'E' ? text.toUpperCase(Locale.ROOT) : text;
    }

    private String group(String number) {
        if (!grouped) {
            return number;
        }
        int point = number.indexOf('.');
        int end = point < 0 ? number.length() : point;
        StringBuilder result = new StringBuilder(number);
        int first = number.startsWith("-") ? 1 : 0;
        for (int i = end - 3; i > first; i -= 3) {
            result.insert(i, ',');
        }
        return result.toString();
    }
}
