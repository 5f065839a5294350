package dev.quipu.llama.template;

/** Python's {@code str.format}: fields by order, number or name, with a conversion and a format. */
final class BraceFormat {
    private final Execution run;
    private final String format;
    private final Arguments arguments;
    private final Output output;
    private int position;
    private int automatic;

    private BraceFormat(Execution run, String format, Arguments arguments) {
        this.run = run;
        this.format = format;
        this.arguments = arguments;
        this.output = new Output(run);
    }

    static String apply(Execution run, String format, Arguments arguments) {
        BraceFormat brace = new BraceFormat(run, format, arguments);
        while (brace.position < format.length()) {
            brace.next();
        }
        return brace.output.toString();
    }

    private void next() {
        char character = format.charAt(position);
        boolean doubled = position + 1 < format.length() && format.charAt(position + 1) == character;
        if (character != '{' && character != '}') {
            int end = position;
            while (end < format.length() && format.charAt(end) != '{' && format.charAt(end) != '}') {
                end++;
            }
            output.append(format.substring(position, end));
            position = end;
        } else if (doubled) {
            output.append(String.valueOf(character));
            position += 2;
        } else if (character == '{') {
            int close = format.indexOf('}', position);
            if (close < 0) {
                throw run.failure(TemplateError.WRONG_TYPE, "A field of a format is not closed with '}'");
            }
            field(format.substring(position + 1, close));
            position = close + 1;
        } else {
            throw run.failure(TemplateError.WRONG_TYPE, "A format has a single '}'");
        }
    }

    private void field(String field) {
        int colon = field.indexOf(':');
        String name = colon < 0 ? field : field.substring(0, colon);
        int mark = name.indexOf('!');
        String conversion = mark < 0 ? "" : name.substring(mark + 1);
        Value value = argument(mark < 0 ? name : name.substring(0, mark));
        Value shown = switch (conversion) {
            case "" -> value;
            case "s" -> Value.of(Printer.text(run, value));
            case "r" -> Value.of(Printer.representation(run, value));
            default ->
                throw run.failure(TemplateError.UNSUPPORTED, "The conversion '!" + conversion + "' is not supported");
        };
        output.append(FormatSpec.parse(run, colon < 0 ? "" : field.substring(colon + 1))
                .apply(run, shown));
    }

    private Value argument(String name) {
        if (name.isEmpty()) {
            return positional(automatic++);
        }
        if (name.chars().allMatch(Character::isDigit)) {
            return positional(name.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(name));
        }
        Value value = arguments.named().get(name);
        if (value == null) {
            throw run.failure(
                    TemplateError.WRONG_TYPE, "A format names the argument '" + name + "', which is not given");
        }
        return value;
    }

    private Value positional(int index) {
        if (index >= arguments.positional().size()) {
            throw run.failure(
                    TemplateError.WRONG_TYPE,
                    "A format needs argument " + index + " of "
                            + arguments.positional().size());
        }
        return arguments.positional().get(index);
    }
}
