package dev.quipu.llama.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The evaluated arguments of a call.
 *
 * @param positional those without a name, in order
 * @param named those with one
 */
record Arguments(List<Value> positional, Map<String, Value> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    int count() {
        return positional.size() + named.size();
    }

    /** Those after the first {@code count} positional ones. */
    Arguments after(int count) {
        return new Arguments(positional.subList(Math.min(count, positional.size()), positional.size()), named);
    }

    /** Assigns the arguments to parameters; an argument too many or with an unknown name is an error. */
    Bound bind(Execution run, String callee, String... parameters) {
        if (positional.size() > parameters.length) {
            throw run.failure(
                    TemplateError.WRONG_TYPE,
                    callee + " takes at most " + parameters.length + " arguments but got " + positional.size());
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < positional.size(); i++) {
            values.put(parameters[i], positional.get(i));
        }
        for (Map.Entry<String, Value> argument : named.entrySet()) {
            if (!List.of(parameters).contains(argument.getKey())
                    || values.putIfAbsent(argument.getKey(), argument.getValue()) != null) {
                throw run.failure(
                        TemplateError.WRONG_TYPE, callee + " does not take the argument '" + argument.getKey() + "'");
            }
        }
        return new Bound(run, callee, values);
    }

    /** Arguments by the names of their parameters. */
    record Bound(Execution run, String callee, Map<String, Value> values) {
        Optional<Value> find(String parameter) {
            return Optional.ofNullable(values.get(parameter));
        }

        Value required(String parameter) {
            return find(parameter)
                    .orElseThrow(() ->
                            run.failure(TemplateError.WRONG_TYPE, callee + " needs the argument '" + parameter + "'"));
        }

        boolean flag(String parameter, boolean byDefault) {
            return find(parameter).map(Truth::of).orElse(byDefault);
        }

        int integer(String parameter, int byDefault) {
            return find(parameter).map(value -> Numbers.index(run, value)).orElse(byDefault);
        }

        /** A text; {@code none} counts as absent. */
        Optional<String> text(String parameter) {
            return find(parameter).filter(value -> value != Value.None.NONE).map(value -> {
                if (value instanceof Value.Text text) {
                    run.read(text.text());
                    return text.text();
                }
                throw run.failure(
                        TemplateError.WRONG_TYPE,
                        callee + " needs a string as '" + parameter + "', not " + Types.name(value));
            });
        }

        String requiredText(String parameter) {
            required(parameter);
            return text(parameter).orElse("");
        }
    }
}
