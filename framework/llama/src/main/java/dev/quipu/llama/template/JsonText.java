package dev.quipu.llama.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON in the layout of Python's {@code json.dumps}, which models saw in training: a blank after
 * commas and colons, and characters beyond ASCII as they are unless asked otherwise.
 */
final class JsonText {
    private final Execution run;
    private final Style style;
    private final Output output;

    private JsonText(Execution run, Style style) {
        this.run = run;
        this.style = style;
        this.output = new Output(run);
    }

    static String of(Execution run, Value value, Style style) {
        JsonText json = new JsonText(run, style);
        json.write(value, 1);
        return json.output.toString();
    }

    /**
     * How JSON is laid out.
     *
     * @param ascii whether other characters are escaped
     * @param indent what each level is indented by; null keeps all on one line
     * @param itemSeparator what stands between items
     * @param keySeparator what stands between a key and its value
     * @param sortKeys whether keys are sorted
     */
    record Style(boolean ascii, @Nullable String indent, String itemSeparator, String keySeparator, boolean sortKeys) {
        static final Style PLAIN = new Style(false, null, ", ", ": ", false);
    }

    private void write(Value value, int level) {
        run.steps(1);
        switch (value) {
            case Value.Text text -> quote(text.text());
            case Value.Int integer -> output.append(integer.number().toString());
            case Value.Real real -> output.append(real(real.number()));
            case Value.Bool bool -> output.append(bool.isTrue() ? "true" : "false");
            case Value.None ignored -> output.append("null");
            case Value.Sequence sequence -> writeItems(sequence.items(), level);
            case Value.Mapping mapping -> writeEntries(mapping.entries(), level);
            case Value.Undefined undefined ->
                throw run.failure(
                        TemplateError.UNDEFINED, "'" + undefined.name() + "' is undefined and has no JSON form");
            default -> throw run.failure(TemplateError.WRONG_TYPE, "There is no JSON form of " + Types.name(value));
        }
    }

    private static String real(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        return Numbers.show(number);
    }

    private void writeItems(List<Value> items, int level) {
        run.valueDepth(level);
        output.append("[");
        Iterator<Value> rest = items.iterator();
        while (rest.hasNext()) {
            newLine(level);
            write(rest.next(), level + 1);
            if (rest.hasNext()) {
                output.append(style.itemSeparator());
            } else {
                newLine(level - 1);
            }
        }
        output.append("]");
    }

    private void writeEntries(Map<Value, Value> entries, int level) {
        run.valueDepth(level);
        output.append("{");
        Iterator<Map.Entry<Value, Value>> rest = inOrder(entries).iterator();
        while (rest.hasNext()) {
            Map.Entry<Value, Value> entry = rest.next();
            newLine(level);
            quote(key(entry.getKey()));
            output.append(style.keySeparator());
            write(entry.getValue(), level + 1);
            if (rest.hasNext()) {
                output.append(style.itemSeparator());
            } else {
                newLine(level - 1);
            }
        }
        output.append("}");
    }

    private Iterable<Map.Entry<Value, Value>> inOrder(Map<Value, Value> entries) {
        if (!style.sortKeys()) {
            return entries.entrySet();
        }
        List<Map.Entry<Value, Value>> sorted = new ArrayList<>(entries.entrySet());
        sorted.sort(Comparator.comparing(Map.Entry::getKey, (left, right) -> Equality.compare(run, left, right)));
        return sorted;
    }

    private String key(Value key) {
        return switch (key) {
            case Value.Text text -> text.text();
            case Value.Int integer -> integer.number().toString();
            case Value.Real real -> real(real.number());
            case Value.Bool bool -> bool.isTrue() ? "true" : "false";
            case Value.None ignored -> "null";
            default -> throw run.failure(TemplateError.WRONG_TYPE, "A JSON key cannot be " + Types.name(key));
        };
    }

    private void newLine(int level) {
        if (style.indent() != null) {
            run.text((long) style.indent().length() * level);
            output.append("\n" + style.indent().repeat(level));
        }
    }

    private void quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> {
                    if (character < 0x20 || (style.ascii() && character > 0x7e)) {
                        quoted.append(String.format("\\u%04x", (int) character));
                    } else {
                        quoted.append(character);
                    }
                }
            }
        }
        output.append(quoted.append('"').toString());
    }
}
