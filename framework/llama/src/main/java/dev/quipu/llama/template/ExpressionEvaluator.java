package dev.quipu.llama.template;

import dev.quipu.llama.template.Expression.ArgumentList;
import dev.quipu.llama.template.Expression.Comparison;
import dev.quipu.llama.template.Expression.FilterCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions of one rendering. */
final class ExpressionEvaluator {
    private final Execution run;

    ExpressionEvaluator(Execution run) {
        this.run = run;
    }

    Value evaluate(Expression expression, Scope scope) {
        run.enter();
        Value value = switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Name name -> variable(name, scope);
            case Expression.ListLiteral list -> new Value.Sequence(all(list.items(), scope), list.tuple());
            case Expression.DictionaryLiteral literal -> dictionary(literal, scope);
            case Expression.Attribute attribute -> {
                Value object = evaluate(attribute.target(), scope);
                run.at(attribute.offset());
                yield Attributes.attribute(run, object, attribute.name());
            }
            case Expression.Subscript subscript -> {
                Value object = evaluate(subscript.target(), scope);
                Value key = evaluate(subscript.index(), scope);
                run.at(subscript.offset());
                yield Attributes.item(run, object, key);
            }
            case Expression.Slice slice -> slice(slice, scope);
            case Expression.Call call -> call(call, Map.of(), scope);
            case Expression.Filtered filtered ->
                filtered(evaluate(filtered.operand(), scope), filtered.filter(), scope);
            case Expression.Tested tested -> tested(tested, scope);
            case Expression.Negated negated -> Value.of(!Truth.of(evaluate(negated.operand(), scope)));
            case Expression.Signed signed -> signed(signed, scope);
            case Expression.Binary binary -> {
                Value first = evaluate(binary.left(), scope);
                Value second = evaluate(binary.right(), scope);
                run.at(binary.offset());
                yield Arithmetic.apply(run, binary.operator(), first, second);
            }
            case Expression.Logical logical -> {
                Value first = evaluate(logical.left(), scope);
                yield Truth.of(first) == logical.conjunction() ? evaluate(logical.right(), scope) : first;
            }
            case Expression.Compared compared -> compared(compared, scope);
            case Expression.Joined joined -> joined(joined, scope);
            case Expression.Conditional conditional -> conditional(conditional, scope);
        };
        run.leave();
        return value;
    }

    private Value variable(Expression.Name name, Scope scope) {
        run.at(name.offset());
        Value value = scope.find(name.name());
        if (value == null) {
            value = Globals.ALL.get(name.name());
        }
        return value == null ? new Value.Undefined(name.name()) : value;
    }

    private List<Value> all(List<Expression> expressions, Scope scope) {
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(evaluate(expression, scope));
        }
        return values;
    }

    private Value dictionary(Expression.DictionaryLiteral literal, Scope scope) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < literal.keys().size(); i++) {
            Value key = evaluate(literal.keys().get(i), scope);
            run.at(literal.offset());
            entries.put(Mappings.key(run, key), evaluate(literal.values().get(i), scope));
        }
        return new Value.Mapping(entries);
    }

    private Value slice(Expression.Slice slice, Scope scope) {
        Value target = evaluate(slice.target(), scope);
        Value start = optional(slice.start(), scope);
        Value stop = optional(slice.stop(), scope);
        Value step = optional(slice.step(), scope);
        run.at(slice.offset());
        return Attributes.slice(run, target, start, stop, step);
    }

    private @Nullable Value optional(@Nullable Expression expression, Scope scope) {
        return expression == null ? null : evaluate(expression, scope);
    }

    /** Calls what an expression names, with further named arguments. */
    Value call(Expression.Call call, Map<String, Value> further, Scope scope) {
        Value target = evaluate(call.target(), scope);
        Arguments arguments = arguments(call.arguments(), further, scope);
        run.at(call.offset());
        return switch (target) {
            case Value.Function function -> function.body().call(run, arguments);
            case Value.Loop loop -> recursion(loop.state()).body().call(run, arguments);
            case Value.Undefined undefined ->
                throw run.failure(
                        TemplateError.UNDEFINED, "'" + undefined.name() + "' is undefined and cannot be called");
            default -> throw run.failure(TemplateError.WRONG_TYPE, "Cannot call " + Types.name(target));
        };
    }

    private Value.Function recursion(LoopState state) {
        Value.Function recursion = state.recursion();
        if (recursion == null) {
            throw run.failure(TemplateError.WRONG_TYPE, "Only a loop that is marked recursive can be called");
        }
        return recursion;
    }

    private Arguments arguments(ArgumentList list, Map<String, Value> further, Scope scope) {
        if (list.named().isEmpty() && further.isEmpty()) {
            return list.positional().isEmpty()
                    ? Arguments.NONE
                    : new Arguments(all(list.positional(), scope), Map.of());
        }
        List<Value> positional = all(list.positional(), scope);
        Map<String, Value> named = new LinkedHashMap<>();
        for (Expression.Named argument : list.named()) {
            named.put(argument.name(), evaluate(argument.value(), scope));
        }
        named.putAll(further);
        return new Arguments(positional, named);
    }

    Value filtered(Value operand, FilterCall filter, Scope scope) {
        Arguments arguments = arguments(filter.arguments(), Map.of(), scope);
        run.at(filter.offset());
        return Filters.apply(run, filter.name(), operand, arguments);
    }

    private Value tested(Expression.Tested tested, Scope scope) {
        Value operand = evaluate(tested.operand(), scope);
        Arguments arguments = arguments(tested.arguments(), Map.of(), scope);
        run.at(tested.offset());
        return Value.of(Tests.apply(run, tested.test(), operand, arguments));
    }

    private Value signed(Expression.Signed signed, Scope scope) {
        Value operand = evaluate(signed.operand(), scope);
        run.at(signed.offset());
        if (!Numbers.isNumber(operand)) {
            throw run.failure(TemplateError.WRONG_TYPE, "A sign stands before " + Types.name(operand));
        }
        return Arithmetic.apply(
                run, signed.minus() ? Expression.Operator.SUBTRACT : Expression.Operator.ADD, Value.of(0), operand);
    }

    private Value compared(Expression.Compared compared, Scope scope) {
        Value left = evaluate(compared.first(), scope);
        for (Comparison comparison : compared.rest()) {
            Value right = evaluate(comparison.operand(), scope);
            run.at(compared.offset());
            if (!holds(comparison, left, right)) {
                return Value.Bool.FALSE;
            }
            left = right;
        }
        return Value.Bool.TRUE;
    }

    private boolean holds(Comparison comparison, Value left, Value right) {
        return switch (comparison.comparator()) {
            case EQUAL -> Equality.equal(run, left, right);
            case NOT_EQUAL -> !Equality.equal(run, left, right);
            case LESS -> Equality.compare(run, left, right) < 0;
            case AT_MOST -> Equality.compare(run, left, right) <= 0;
            case GREATER -> Equality.compare(run, left, right) > 0;
            case AT_LEAST -> Equality.compare(run, left, right) >= 0;
            case IN -> Equality.contains(run, right, left);
            case NOT_IN -> !Equality.contains(run, right, left);
        };
    }

    private Value joined(Expression.Joined joined, Scope scope) {
        Output output = new Output(run);
        for (Expression part : joined.parts()) {
            Value value = evaluate(part, scope);
            run.at(joined.offset());
            output.append(Printer.text(run, value));
        }
        return Value.of(output.toString());
    }

    private Value conditional(Expression.Conditional conditional, Scope scope) {
        if (Truth.of(evaluate(conditional.condition(), scope))) {
            return evaluate(conditional.then(), scope);
        }
        return conditional.otherwise() == null ? new Value.Undefined("else") : evaluate(conditional.otherwise(), scope);
    }
}
