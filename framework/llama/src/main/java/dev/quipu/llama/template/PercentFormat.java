package dev.quipu.llama.template;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code %} formatting of strings. */
final class PercentFormat {
    private static final Pattern FIELD =
            Pattern.compile("%(?:\\((\\w{1,100})\\))?([-+ 0#]{0,5})(\\d{0,6})(?:\\.(\\d{0,3}))?([a-zA-Z%])");

    private PercentFormat() {}

    /** Fills the fields of a format from a tuple, a dictionary by name, or a single value. */
    static String apply(Execution run, String format, Value values) {
        run.read(format);
        Output output = new Output(run);
        Matcher field = FIELD.matcher(format);
        int end = 0;
        int used = 0;
        for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', end)) {
            if (!field.find(at) || field.start() != at) {
                throw run.failure(TemplateError.UNSUPPORTED, "A format has a '%' that begins no known field");
            }
            output.append(format.substring(end, at));
            end = field.end();
            if (field.group(5).equals("%")) {
                output.append("%");
            } else if (field.group(1) != null) {
                output.append(show(run, field, Attributes.item(run, values, Value.of(field.group(1)))));
            } else {
                output.append(show(run, field, positional(run, values, used++)));
            }
        }
        if (values instanceof Value.Sequence sequence
                && sequence.tuple()
                && used < sequence.items().size()) {
            throw run.failure(
                    TemplateError.WRONG_TYPE,
                    "A format has " + used + " fields for " + sequence.items().size() + " values");
        }
        return output.append(format.substring(end)).toString();
    }

    private static Value positional(Execution run, Value values, int index) {
        List<Value> all =
                values instanceof Value.Sequence sequence && sequence.tuple() ? sequence.items() : List.of(values);
        if (index >= all.size()) {
            throw run.failure(TemplateError.WRONG_TYPE, "A format has more fields than its " + all.size() + " values");
        }
        return all.get(index);
    }

    private static String show(Execution run, Matcher field, Value value) {
        String flags = field.group(2);
        char type = field.group(5).charAt(0);
        boolean text = type == 's' || type == 'r';
        boolean zero = flags.contains("0") && !flags.contains("-") && !text;
        char align = flags.contains("-") ? '<' : zero ? '=' : '>';
        char sign = flags.contains("+") ? '+' : flags.contains(" ") ? ' ' : '-';
        FormatSpec spec = new FormatSpec(
                zero ? "0" : " ",
                align,
                sign,
                field.group(3).isEmpty() ? 0 : Integer.parseInt(field.group(3)),
                false,
                field.group(4) == null || field.group(4).isEmpty() ? -1 : Integer.parseInt(field.group(4)),
                type == 'r' ? 's' : type == 'i' || type == 'u' ? 'd' : type);
        boolean whole = spec.type() == 'd' && value instanceof Value.Real;
        Value shown = whole ? Numbers.truncate(run, Numbers.real(value)) : value;
        return spec.apply(run, type == 'r' ? Value.of(Printer.representation(run, value)) : shown);
    }
}
