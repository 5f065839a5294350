package dev.quipu.llama.template;

import dev.quipu.llama.template.Filters.Filter;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Filters that take their input as text. */
final class TextFilters {
    static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("upper", mapped(PythonText::upper)),
            Map.entry("lower", mapped(PythonText::lower)),
            Map.entry("capitalize", mapped(PythonText::capitalize)),
            Map.entry("title", mapped(text -> PythonText.title(text, "-({[<"))),
            Map.entry("string", mapped(text -> text)),
            Map.entry("safe", mapped(text -> text)),
            Map.entry("escape", mapped(TextFilters::escape)),
            Map.entry("e", mapped(TextFilters::escape)),
            Map.entry("trim", TextFilters::trim),
            Map.entry("replace", TextFilters::replace),
            Map.entry("indent", TextFilters::indent),
            Map.entry("truncate", TextFilters::truncate),
            Map.entry("center", TextFilters::center),
            Map.entry("wordcount", TextFilters::wordCount),
            Map.entry("format", TextFilters::format));

    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

    private TextFilters() {}

    private static Filter mapped(UnaryOperator<String> function) {
        return (run, input, arguments) -> {
            arguments.bind(run, "The filter");
            return run.made(function.apply(Printer.text(run, input)));
        };
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
    }

    private static Value trim(Execution run, Value input, Arguments arguments) {
        String characters = arguments.bind(run, "trim", "chars").text("chars").orElse("");
        return run.made(PythonText.strip(Printer.text(run, input), characters, true, true));
    }

    private static Value replace(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "replace", "old", "new", "count");
        String old = Printer.text(run, bound.required("old"));
        String replacement = Printer.text(run, bound.required("new"));
        boolean all = bound.find("count").orElse(Value.None.NONE) == Value.None.NONE;
        return Splitting.replace(
                run, Printer.text(run, input), old, replacement, all ? -1 : bound.integer("count", -1));
    }

    /** Indents all lines but the first and empty ones. */
    private static Value indent(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "indent", "width", "first", "blank");
        String margin = JsonFilters.margin(run, bound.find("width").orElse(Value.of(4)));
        boolean blank = bound.flag("blank", false);
        List<Value> lines =
                Splitting.lines(run, Printer.text(run, input) + "\n").items();
        Output output = new Output(run).append(bound.flag("first", false) ? margin : "");
        for (int i = 0; i < lines.size(); i++) {
            String line = Printer.text(run, lines.get(i));
            if (i > 0) {
                output.append("\n").append(blank || !line.isEmpty() ? margin : "");
            }
            output.append(line);
        }
        return Value.of(output.toString());
    }

    private static Value truncate(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "truncate", "length", "killwords", "end", "leeway");
        String text = Printer.text(run, input);
        String end = bound.text("end").orElse("...");
        int length = bound.integer("length", 255);
        if (PythonText.length(text) <= (long) length + bound.integer("leeway", 5)) {
            return Value.of(text);
        }
        int kept = Math.clamp(length - (long) PythonText.length(end), 0, PythonText.length(text));
        String start = PythonText.substring(text, 0, kept);
        int blank = start.lastIndexOf(' ');
        boolean whole = bound.flag("killwords", false) || blank < 0;
        return run.made((whole ? start : start.substring(0, blank)) + end);
    }

    private static Value center(Execution run, Value input, Arguments arguments) {
        int width = arguments.bind(run, "center", "width").integer("width", 80);
        return Value.of(Padding.center(run, Printer.text(run, input), width, " "));
    }

    private static Value wordCount(Execution run, Value input, Arguments arguments) {
        arguments.bind(run, "wordcount");
        return Value.of(WORD.matcher(Printer.text(run, input)).results().count());
    }

    private static Value format(Execution run, Value input, Arguments arguments) {
        Value values = new Value.Sequence(arguments.positional(), true);
        if (!arguments.named().isEmpty()) {
            Value.Mapping named = Value.Mapping.empty();
            arguments.named().forEach(named::put);
            values = named;
        }
        return run.made(PercentFormat.apply(run, Printer.text(run, input), values));
    }
}
