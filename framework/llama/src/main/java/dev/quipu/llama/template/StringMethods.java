package dev.quipu.llama.template;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The methods of strings. */
final class StringMethods {
    private static final Map<String, Method> METHODS = Map.ofEntries(
            Map.entry("strip", (run, text, arguments) -> strip(run, text, arguments, true, true)),
            Map.entry("lstrip", (run, text, arguments) -> strip(run, text, arguments, true, false)),
            Map.entry("rstrip", (run, text, arguments) -> strip(run, text, arguments, false, true)),
            Map.entry("upper", mapped(PythonText::upper)),
            Map.entry("lower", mapped(PythonText::lower)),
            Map.entry("casefold", mapped(PythonText::lower)),
            Map.entry("title", mapped(PythonText::title)),
            Map.entry("capitalize", mapped(PythonText::capitalize)),
            Map.entry("startswith", (run, text, arguments) -> affix(run, text, arguments, true)),
            Map.entry("endswith", (run, text, arguments) -> affix(run, text, arguments, false)),
            Map.entry("removeprefix", (run, text, arguments) -> removeAffix(run, text, arguments, true)),
            Map.entry("removesuffix", (run, text, arguments) -> removeAffix(run, text, arguments, false)),
            Map.entry("split", (run, text, arguments) -> split(run, text, arguments, false)),
            Map.entry("rsplit", (run, text, arguments) -> split(run, text, arguments, true)),
            Map.entry("splitlines", (run, text, arguments) -> Splitting.lines(run, text)),
            Map.entry(
                    "partition",
                    (run, text, arguments) -> Splitting.partition(
                            run, text, arguments.bind(run, "partition", "sep").requiredText("sep"), false)),
            Map.entry(
                    "rpartition",
                    (run, text, arguments) -> Splitting.partition(
                            run, text, arguments.bind(run, "rpartition", "sep").requiredText("sep"), true)),
            Map.entry("replace", StringMethods::replace),
            Map.entry("join", StringMethods::join),
            Map.entry("format", (run, text, arguments) -> run.made(BraceFormat.apply(run, text, arguments))),
            Map.entry("find", (run, text, arguments) -> find(run, text, arguments, false)),
            Map.entry("rfind", (run, text, arguments) -> find(run, text, arguments, true)),
            Map.entry("count", StringMethods::count),
            Map.entry("zfill", StringMethods::zeroFill),
            Map.entry("ljust", (run, text, arguments) -> justify(run, text, arguments, '<')),
            Map.entry("rjust", (run, text, arguments) -> justify(run, text, arguments, '>')),
            Map.entry("center", (run, text, arguments) -> justify(run, text, arguments, '^')),
            Map.entry("isdigit", all(Character::isDigit)),
            Map.entry("isdecimal", all(Character::isDigit)),
            Map.entry("isnumeric", all(Character::isDigit)),
            Map.entry("isalpha", all(Character::isLetter)),
            Map.entry("isalnum", all(Character::isLetterOrDigit)),
            Map.entry("isspace", all(PythonText::isSpace)),
            Map.entry("isupper", (run, text, arguments) -> Value.of(isCase(text, PythonText.upper(text)))),
            Map.entry("islower", (run, text, arguments) -> Value.of(isCase(text, PythonText.lower(text)))));

    private StringMethods() {}

    private interface Method {
        Value apply(Execution run, String text, Arguments arguments);
    }

    static Value.@Nullable Function bind(String text, String name) {
        Method method = METHODS.get(name);
        if (method == null) {
            return null;
        }
        return new Value.Function(name, (run, arguments) -> {
            run.read(text);
            return method.apply(run, text, arguments);
        });
    }

    /** Whether a text has letters, all of one case. */
    static boolean isCase(String text, String cased) {
        return text.equals(cased) && !PythonText.upper(text).equals(PythonText.lower(text));
    }

    private static Method mapped(UnaryOperator<String> function) {
        return (run, text, arguments) -> run.made(function.apply(text));
    }

    private static Method all(IntPredicate predicate) {
        return (run, text, arguments) ->
                Value.of(!text.isEmpty() && text.codePoints().allMatch(predicate));
    }

    private static Value strip(Execution run, String text, Arguments arguments, boolean start, boolean end) {
        String characters = arguments.bind(run, "strip", "chars").text("chars").orElse("");
        return run.made(PythonText.strip(text, characters, start, end));
    }

    private static Value affix(Execution run, String text, Arguments arguments, boolean start) {
        Value affix =
                arguments.bind(run, start ? "startswith" : "endswith", "affix").required("affix");
        List<Value> candidates = affix instanceof Value.Sequence sequence ? sequence.items() : List.of(affix);
        boolean found = false;
        for (Value candidate : candidates) {
            if (!(candidate instanceof Value.Text part)) {
                throw run.failure(TemplateError.WRONG_TYPE, "A prefix or suffix cannot be " + Types.name(candidate));
            }
            run.read(part.text());
            found |= start ? text.startsWith(part.text()) : text.endsWith(part.text());
        }
        return Value.of(found);
    }

    private static Value removeAffix(Execution run, String text, Arguments arguments, boolean start) {
        String affix = arguments.bind(run, "removeprefix", "affix").requiredText("affix");
        boolean found = start ? text.startsWith(affix) : text.endsWith(affix);
        if (!found) {
            return Value.of(text);
        }
        return run.made(start ? text.substring(affix.length()) : text.substring(0, text.length() - affix.length()));
    }

    private static Value split(Execution run, String text, Arguments arguments, boolean fromEnd) {
        Arguments.Bound bound = arguments.bind(run, "split", "sep", "maxsplit");
        int most = bound.integer("maxsplit", -1);
        int limit = most < 0 ? Integer.MAX_VALUE : most;
        return bound.text("sep")
                .map(separator -> Splitting.bySeparator(run, text, separator, limit, fromEnd))
                .orElseGet(() -> Splitting.bySpace(run, text, limit, fromEnd));
    }

    private static Value replace(Execution run, String text, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "replace", "old", "new", "count");
        int count = bound.integer("count", -1);
        return Splitting.replace(run, text, bound.requiredText("old"), bound.requiredText("new"), count);
    }

    private static Value join(Execution run, String text, Arguments arguments) {
        Output output = new Output(run);
        boolean first = true;
        for (Value item :
                Iteration.items(run, arguments.bind(run, "join", "items").required("items"))) {
            if (!(item instanceof Value.Text part)) {
                throw run.failure(TemplateError.WRONG_TYPE, "join takes strings, not " + Types.name(item));
            }
            output.append(first ? "" : text).append(part.text());
            first = false;
        }
        return Value.of(output.toString());
    }

    private static Value find(Execution run, String text, Arguments arguments, boolean last) {
        String part = arguments.bind(run, "find", "sub").requiredText("sub");
        int found = Splitting.find(run, text, part, last);
        return Value.of(found < 0 ? -1 : text.codePointCount(0, found));
    }

    private static Value count(Execution run, String text, Arguments arguments) {
        String part = arguments.bind(run, "count", "sub").requiredText("sub");
        if (part.isEmpty()) {
            return Value.of(PythonText.length(text) + 1L);
        }
        TextSearch search = new TextSearch(run, part);
        int count = 0;
        for (int at = search.next(text, 0); at >= 0; at = search.next(text, at + part.length())) {
            count++;
        }
        return Value.of(count);
    }

    private static Value zeroFill(Execution run, String text, Arguments arguments) {
        Arguments.Bound bound = arguments.bind(run, "zfill", "width");
        bound.required("width");
        int missing = bound.integer("width", 0) - PythonText.length(text);
        run.text(Math.max(0, missing) + (long) text.length());
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return Value.of(text.substring(0, sign) + "0".repeat(Math.max(0, missing)) + text.substring(sign));
    }

    private static Value justify(Execution run, String text, Arguments arguments, char side) {
        Arguments.Bound bound = arguments.bind(run, "justify", "width", "fillchar");
        bound.required("width");
        String fill = bound.text("fillchar").orElse(" ");
        if (PythonText.length(fill) != 1) {
            throw run.failure(TemplateError.WRONG_TYPE, "A text is filled up with one character, not '" + fill + "'");
        }
        if (side == '^') {
            return Value.of(Padding.center(run, text, bound.integer("width", 0), fill));
        }
        return Value.of(Padding.pad(run, text, bound.integer("width", 0), fill, side));
    }
}
