package dev.quipu.llama.template;

import dev.quipu.llama.template.Expression.FilterCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a template; {@code offset} is where it stands in the source. */
sealed interface Statement {
    int offset();

    record Literal(int offset, String text) implements Statement {}

    record Output(int offset, Expression value) implements Statement {}

    record If(int offset, List<Branch> branches, List<Statement> otherwise) implements Statement {}

    record For(
            int offset,
            Target target,
            Expression iterable,
            @Nullable Expression condition,
            boolean recursive,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    record Set(int offset, Target target, Expression value) implements Statement {}

    /** A {@code set} whose value is the text of its body. */
    record SetBlock(int offset, Target target, List<FilterCall> filters, List<Statement> body) implements Statement {}

    record Macro(int offset, Signature signature, List<Statement> body) implements Statement {}

    /** A call of a macro that gets the body as its {@code caller}. */
    record CallBlock(int offset, Signature caller, Expression.Call call, List<Statement> body) implements Statement {}

    record FilterBlock(int offset, List<FilterCall> filters, List<Statement> body) implements Statement {}

    /** A body with a scope of its own, entered with variables. */
    record With(int offset, List<Target> targets, List<Expression> values, List<Statement> body) implements Statement {}

    record Break(int offset) implements Statement {}

    record Continue(int offset) implements Statement {}

    /** One arm of an {@code if}. */
    record Branch(Expression condition, List<Statement> body) {}

    /** The name and parameters of a macro. */
    record Signature(String name, List<Parameter> parameters) {}

    record Parameter(String name, @Nullable Expression byDefault) {}

    /** What an assignment assigns to. */
    sealed interface Target {
        record Variable(String name) implements Target {}

        /** An attribute of a {@code namespace()}. */
        record Member(String namespace, String attribute) implements Target {}

        record Unpacked(List<Target> targets) implements Target {}
    }
}
