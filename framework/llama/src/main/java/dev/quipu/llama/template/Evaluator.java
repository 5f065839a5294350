package dev.quipu.llama.template;

import dev.quipu.llama.template.Expression.FilterCall;
import dev.quipu.llama.template.Statement.Branch;
import dev.quipu.llama.template.Statement.Parameter;
import dev.quipu.llama.template.Statement.Signature;
import dev.quipu.llama.template.Statement.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one rendering. */
final class Evaluator {
    private final Execution run;
    private final ExpressionEvaluator expressions;

    private Evaluator(Execution run) {
        this.run = run;
        this.expressions = new ExpressionEvaluator(run);
    }

    static String render(List<Statement> program, Execution run, Map<String, Value> variables) {
        Output output = new Output(run);
        new Evaluator(run).execute(program, Scope.global(variables), output);
        return output.toString();
    }

    /** How a sequence of statements ended. */
    private enum Flow {
        NORMAL,
        BREAK,
        CONTINUE
    }

    private Flow execute(List<Statement> statements, Scope scope, Output output) {
        run.enter();
        Flow flow = Flow.NORMAL;
        for (Statement statement : statements) {
            flow = execute(statement, scope, output);
            if (flow != Flow.NORMAL) {
                break;
            }
        }
        run.leave();
        return flow;
    }

    private Flow execute(Statement statement, Scope scope, Output output) {
        run.at(statement.offset());
        switch (statement) {
            case Statement.Literal literal -> output.append(literal.text());
            case Statement.Output print -> output.append(Printer.text(run, expressions.evaluate(print.value(), scope)));
            case Statement.Set set -> {
                Value evaluated = expressions.evaluate(set.value(), scope);
                run.at(set.offset());
                assign(set.target(), evaluated, scope);
            }
            case Statement.SetBlock block ->
                assign(block.target(), filtered(text(block.body(), scope.inner()), block.filters(), scope), scope);
            case Statement.FilterBlock block ->
                output.append(Printer.text(run, filtered(text(block.body(), scope.inner()), block.filters(), scope)));
            case Statement.Macro macro ->
                scope.set(macro.signature().name(), function(macro.signature(), macro.body(), scope));
            case Statement.CallBlock block -> {
                Value caller = function(block.caller(), block.body(), scope);
                Value result = expressions.call(block.call(), Map.of("caller", caller), scope);
                output.append(Printer.text(run, result));
            }
            case Statement.If condition -> {
                return condition(condition, scope, output);
            }
            case Statement.With with -> {
                return with(with, scope, output);
            }
            case Statement.For loop -> loop(loop, expressions.evaluate(loop.iterable(), scope), scope, output, 1);
            case Statement.Break ignored -> {
                return Flow.BREAK;
            }
            case Statement.Continue ignored -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.NORMAL;
    }

    private Value text(List<Statement> body, Scope scope) {
        Output output = new Output(run);
        execute(body, scope, output);
        return Value.of(output.toString());
    }

    private Value filtered(Value value, List<FilterCall> filters, Scope scope) {
        Value result = value;
        for (FilterCall filter : filters) {
            result = expressions.filtered(result, filter, scope);
        }
        return result;
    }

    private Flow condition(Statement.If condition, Scope scope, Output output) {
        for (Branch branch : condition.branches()) {
            if (Truth.of(expressions.evaluate(branch.condition(), scope))) {
                return execute(branch.body(), scope, output);
            }
        }
        return execute(condition.otherwise(), scope, output);
    }

    private Flow with(Statement.With with, Scope scope, Output output) {
        Scope inner = scope.inner();
        for (int i = 0; i < with.targets().size(); i++) {
            assign(with.targets().get(i), expressions.evaluate(with.values().get(i), scope), inner);
        }
        return execute(with.body(), inner, output);
    }

    private void loop(Statement.For loop, Value iterable, Scope scope, Output output, int depth) {
        run.at(loop.offset());
        List<Value> items = selected(loop, Iteration.items(run, iterable), scope);
        if (items.isEmpty()) {
            execute(loop.otherwise(), scope.inner(), output);
            return;
        }
        LoopState state = LoopState.of(items, depth, loop.recursive() ? recursion(loop, scope, depth) : null);
        for (int i = 0; i < items.size(); i++) {
            run.at(loop.offset());
            Scope round = scope.inner();
            round.set("loop", new Value.Loop(state.at(i)));
            assign(loop.target(), items.get(i), round);
            if (execute(loop.body(), round, output) == Flow.BREAK) {
                return;
            }
        }
    }

    private List<Value> selected(Statement.For loop, List<Value> items, Scope scope) {
        if (loop.condition() == null) {
            return items;
        }
        List<Value> kept = new ArrayList<>();
        for (Value item : items) {
            run.at(loop.offset());
            Scope round = scope.inner();
            assign(loop.target(), item, round);
            if (Truth.of(expressions.evaluate(loop.condition(), round))) {
                kept.add(item);
            }
        }
        return kept;
    }

    /** What {@code loop(items)} does in a recursive loop: the same loop over other items, one level deeper. */
    private Value.Function recursion(Statement.For loop, Scope scope, int depth) {
        return new Value.Function("loop", (ignored, arguments) -> {
            Value items = arguments.bind(run, "loop", "items").required("items");
            Output output = new Output(run);
            run.enter();
            loop(loop, items, scope, output, depth + 1);
            run.leave();
            return Value.of(output.toString());
        });
    }

    private void assign(Target target, Value value, Scope scope) {
        switch (target) {
            case Target.Variable variable -> scope.set(variable.name(), value);
            case Target.Member member -> {
                if (!(scope.find(member.namespace()) instanceof Value.Namespace namespace)) {
                    throw run.failure(
                            TemplateError.WRONG_TYPE,
                            "Attributes can be set only on a namespace, which '" + member.namespace() + "' is not");
                }
                namespace.attributes().put(member.attribute(), value);
            }
            case Target.Unpacked unpacked -> {
                List<Value> parts = Iteration.items(run, value);
                if (parts.size() != unpacked.targets().size()) {
                    throw run.failure(
                            TemplateError.WRONG_TYPE,
                            unpacked.targets().size() + " variables cannot take " + parts.size() + " values");
                }
                for (int i = 0; i < parts.size(); i++) {
                    assign(unpacked.targets().get(i), parts.get(i), scope);
                }
            }
        }
    }

    /** A macro: its body runs in the scope of its definition, with its parameters. */
    private Value.Function function(Signature signature, List<Statement> body, Scope definition) {
        return new Value.Function(signature.name(), (ignored, arguments) -> {
            Scope scope = definition.inner();
            run.enter();
            bind(signature, arguments, scope);
            Value result = text(body, scope);
            run.leave();
            return result;
        });
    }

    private void bind(Signature signature, Arguments arguments, Scope scope) {
        List<Parameter> parameters = signature.parameters();
        int given = arguments.positional().size();
        if (given > parameters.size()) {
            throw run.failure(
                    TemplateError.WRONG_TYPE,
                    "The macro " + signature.name() + " takes " + parameters.size() + " arguments but got " + given);
        }
        Map<String, Value> named = new HashMap<>(arguments.named());
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            @Nullable Value value = i < given ? arguments.positional().get(i) : named.remove(parameter.name());
            scope.set(parameter.name(), value != null ? value : byDefault(parameter, scope));
        }
        Value caller = named.remove("caller");
        if (caller != null) {
            scope.set("caller", caller);
        }
        if (!named.isEmpty()) {
            throw run.failure(
                    TemplateError.WRONG_TYPE,
                    "The macro " + signature.name() + " does not take the arguments " + named.keySet());
        }
    }

    private Value byDefault(Parameter parameter, Scope scope) {
        return parameter.byDefault() == null
                ? new Value.Undefined(parameter.name())
                : expressions.evaluate(parameter.byDefault(), scope);
    }
}
