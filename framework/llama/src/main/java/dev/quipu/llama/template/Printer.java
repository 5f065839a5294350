package dev.quipu.llama.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Python's {@code str} and {@code repr} of values. */
final class Printer {
    private final Output output;
    private final Execution run;

    private Printer(Execution run) {
        this.run = run;
        this.output = new Output(run);
    }

    /** What printing a value shows. */
    static String text(Execution run, Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Undefined ignored -> "";
            default -> representation(run, value);
        };
    }

    /** What a value shows inside a list or dictionary. */
    static String representation(Execution run, Value value) {
        Printer printer = new Printer(run);
        printer.print(value, 1);
        return printer.output.toString();
    }

    private void print(Value value, int level) {
        run.steps(1);
        switch (value) {
            case Value.Text text -> quote(text.text());
            case Value.Int integer -> output.append(integer.number().toString());
            case Value.Real real -> output.append(Numbers.show(real.number()));
            case Value.Bool bool -> output.append(bool.isTrue() ? "True" : "False");
            case Value.None ignored -> output.append("None");
            case Value.Undefined ignored -> output.append("Undefined");
            case Value.Sequence sequence -> printItems(sequence.items(), sequence.tuple(), level + 1);
            case Value.Mapping mapping -> printEntries(mapping.entries(), level + 1);
            case Value.Namespace ignored -> output.append("<Namespace>");
            case Value.Loop ignored -> output.append("<LoopContext>");
            case Value.Function function -> output.append("<function " + function.name() + ">");
        }
    }

    private void printItems(List<Value> items, boolean tuple, int level) {
        run.valueDepth(level);
        output.append(tuple ? "(" : "[");
        Iterator<Value> rest = items.iterator();
        while (rest.hasNext()) {
            print(rest.next(), level);
            if (rest.hasNext()) {
                output.append(", ");
            }
        }
        if (tuple && items.size() == 1) {
            output.append(",");
        }
        output.append(tuple ? ")" : "]");
    }

    private void printEntries(Map<Value, Value> entries, int level) {
        run.valueDepth(level);
        output.append("{");
        Iterator<Map.Entry<Value, Value>> rest = entries.entrySet().iterator();
        while (rest.hasNext()) {
            Map.Entry<Value, Value> entry = rest.next();
            print(entry.getKey(), level);
            output.append(": ");
            print(entry.getValue(), level);
            if (rest.hasNext()) {
                output.append(", ");
            }
        }
        output.append("}");
    }

    /** Single quotes, unless the text has some and no double ones. */
    private void quote(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (character == quote) {
                        quoted.append('\\').append(quote);
                    } else if (PythonText.isPrintable(character)) {
                        quoted.appendCodePoint(character);
                    } else {
                        quoted.append(escape(character));
                    }
                }
            }
        });
        output.append(quoted.append(quote).toString());
    }

    private static String escape(int character) {
        if (character < 0x100) {
            return String.format("\\x%02x", character);
        }
        return String.format(character < 0x10000 ? "\\u%04x" : "\\U%08x", character);
    }
}
