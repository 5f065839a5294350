package dev.quipu.llama.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.quipu.llama.template.Filters.Filter;
import java.util.List;
import java.util.Map;

/** Filters to and from JSON. */
final class JsonFilters {
    static final Map<String, Filter> ALL = Map.of("tojson", JsonFilters::write, "from_json", JsonFilters::read);

    private JsonFilters() {}

    private static Value write(Execution run, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "tojson", "ensure_ascii", "indent", "separators", "sort_keys");
        Value indent = bound.find("indent").orElse(Value.None.NONE);
        String margin = indent == Value.None.NONE ? null : margin(run, indent);
        Value separators = bound.find("separators").orElse(Value.None.NONE);
        List<Value> given = separators == Value.None.NONE ? List.of() : Iteration.items(run, separators);
        if (!given.isEmpty() && given.size() != 2) {
            throw run.failure(TemplateError.WRONG_TYPE, "tojson takes two separators, not " + given.size());
        }
        String itemSeparator = margin == null ? ", " : ",";
        JsonText.Style style = new JsonText.Style(
                bound.flag("ensure_ascii", false),
                margin,
                given.isEmpty() ? itemSeparator : Printer.text(run, given.getFirst()),
                given.isEmpty() ? ": " : Printer.text(run, given.getLast()),
                bound.flag("sort_keys", false));
        return Value.of(JsonText.of(run, input, style));
    }

    /** An indentation given as a width or as the text itself. */
    static String margin(Execution run, Value width) {
        if (width instanceof Value.Text text) {
            return text.text();
        }
        int blanks = Math.max(0, Numbers.index(run, width));
        run.text(blanks);
        return " ".repeat(blanks);
    }

    private static Value read(Execution run, Value input, Arguments arguments) {
        arguments.bind(run, "from_json");
        if (!(input instanceof Value.Text text)) {
            throw run.failure(TemplateError.WRONG_TYPE, "from_json takes a string, not " + Types.name(input));
        }
        run.steps(text.text().length());
        try {
            return JavaValues.parseJson(text.text());
        } catch (JsonProcessingException e) {
            throw run.failure(TemplateError.WRONG_TYPE, "The text is not JSON: " + e.getOriginalMessage());
        }
    }
}
