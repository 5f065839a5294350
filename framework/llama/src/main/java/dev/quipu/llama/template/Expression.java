package dev.quipu.llama.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of a template; {@code offset} is where it stands in the source. */
sealed interface Expression {
    int offset();

    record Literal(int offset, Value value) implements Expression {}

    record Name(int offset, String name) implements Expression {}

    record ListLiteral(int offset, boolean tuple, List<Expression> items) implements Expression {}

    record DictionaryLiteral(int offset, List<Expression> keys, List<Expression> values) implements Expression {}

    record Attribute(int offset, Expression target, String name) implements Expression {}

    record Subscript(int offset, Expression target, Expression index) implements Expression {}

    record Slice(
            int offset,
            Expression target,
            @Nullable Expression start,
            @Nullable Expression stop,
            @Nullable Expression step)
            implements Expression {}

    record Call(int offset, Expression target, ArgumentList arguments) implements Expression {}

    record Filtered(int offset, Expression operand, FilterCall filter) implements Expression {}

    record Tested(int offset, Expression operand, String test, ArgumentList arguments) implements Expression {}

    record Negated(int offset, Expression operand) implements Expression {}

    /** A sign before a number: {@code +} or {@code -}. */
    record Signed(int offset, boolean minus, Expression operand) implements Expression {}

    record Binary(int offset, Operator operator, Expression left, Expression right) implements Expression {}

    /** {@code and} or {@code or}; yields one of its operands. */
    record Logical(int offset, boolean conjunction, Expression left, Expression right) implements Expression {}

    /** A chain such as {@code a < b <= c}, true when every neighbouring pair is. */
    record Compared(int offset, Expression first, List<Comparison> rest) implements Expression {}

    /** Texts joined by {@code ~}. */
    record Joined(int offset, List<Expression> parts) implements Expression {}

    record Conditional(
            int offset,
            Expression condition,
            Expression then,
            @Nullable Expression otherwise) implements Expression {}

    /** One step of a chain of comparisons. */
    record Comparison(Comparator comparator, Expression operand) {}

    /** The arguments of a call as written. */
    record ArgumentList(List<Expression> positional, List<Named> named) {
        static final ArgumentList NONE = new ArgumentList(List.of(), List.of());
    }

    record Named(String name, Expression value) {}

    record FilterCall(int offset, String name, ArgumentList arguments) {}

    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        FLOOR_DIVIDE("//"),
        REMAINDER("%"),
        POWER("**");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }
    }

    enum Comparator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">="),
        IN("in"),
        NOT_IN("not in");

        private final String symbol;

        Comparator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }
    }
}
