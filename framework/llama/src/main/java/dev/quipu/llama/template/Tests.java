package dev.quipu.llama.template;

import java.math.BigInteger;

/** What stands after {@code is}. */
final class Tests {
    private Tests() {}

    static boolean apply(Execution run, String name, Value value, Arguments arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Value.Undefined);
            case "undefined" -> value instanceof Value.Undefined;
            case "none" -> value == Value.None.NONE;
            case "string" -> value instanceof Value.Text;
            case "mapping" -> value instanceof Value.Mapping;
            case "boolean" -> value instanceof Value.Bool;
            case "true" -> value == Value.Bool.TRUE;
            case "false" -> value == Value.Bool.FALSE;
            case "number" -> Numbers.isNumber(value);
            case "integer" -> value instanceof Value.Int;
            case "float" -> value instanceof Value.Real;
            case "callable" -> value instanceof Value.Function;
            case "iterable", "sequence" -> Iteration.isIterable(value);
            case "escaped" -> false;
            case "lower" -> isCase(run, value, false);
            case "upper" -> isCase(run, value, true);
            case "filter" -> Filters.exists(Printer.text(run, value));
            default -> relation(run, name, value, arguments);
        };
    }

    private static boolean relation(Execution run, String name, Value value, Arguments arguments) {
        return switch (name) {
            case "eq", "equalto" -> Equality.equal(run, value, other(run, name, arguments));
            case "ne" -> !Equality.equal(run, value, other(run, name, arguments));
            case "lt", "lessthan" -> Equality.compare(run, value, other(run, name, arguments)) < 0;
            case "le" -> Equality.compare(run, value, other(run, name, arguments)) <= 0;
            case "gt", "greaterthan" -> Equality.compare(run, value, other(run, name, arguments)) > 0;
            case "ge" -> Equality.compare(run, value, other(run, name, arguments)) >= 0;
            case "in" -> Equality.contains(run, other(run, name, arguments), value);
            case "sameas" -> same(value, other(run, name, arguments));
            case "even" -> remainder(run, value, BigInteger.TWO).signum() == 0;
            case "odd" -> remainder(run, value, BigInteger.TWO).signum() != 0;
            case "divisibleby" ->
                remainder(run, value, BigInteger.valueOf(Numbers.index(run, other(run, name, arguments))))
                                .signum()
                        == 0;
            default -> throw run.failure(TemplateError.UNSUPPORTED, "There is no test '" + name + "' here");
        };
    }

    private static Value other(Execution run, String name, Arguments arguments) {
        return arguments.bind(run, "The test " + name, "other").required("other");
    }

    /** Identity; for strings and numbers, which have none here, equality of the same type. */
    private static boolean same(Value value, Value other) {
        return Equality.identical(value, other) || (Mappings.isKey(value) && value.equals(other));
    }

    private static BigInteger remainder(Execution run, Value value, BigInteger divisor) {
        BigInteger integer = Numbers.integer(value);
        if (integer == null || divisor.signum() == 0) {
            throw run.failure(
                    TemplateError.WRONG_TYPE,
                    "An integer and a divisor other than 0 are needed, not " + Types.name(value) + " and " + divisor);
        }
        return integer.mod(divisor.abs());
    }

    private static boolean isCase(Execution run, Value value, boolean upper) {
        String text = Printer.text(run, value);
        run.read(text);
        return StringMethods.isCase(text, upper ? PythonText.upper(text) : PythonText.lower(text));
    }
}
