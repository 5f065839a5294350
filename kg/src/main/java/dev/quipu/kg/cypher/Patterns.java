package dev.quipu.kg.cypher;

import dev.quipu.kg.cypher.Bindings.LinkedValue;
import dev.quipu.kg.cypher.GraphSchema.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads patterns such as {@code (order:Order)-[:HAS_ITEM]->(item:Item {id: $item})}, and holds them to the schema. */
final class Patterns {
    private static final int MOST_STEPS = 8;

    private final Tokens tokens;
    private final Names names;

    Patterns(Tokens tokens, Names names) {
        this.tokens = tokens;
        this.names = names;
    }

    private record Arrow(String type, boolean forward, boolean backward) {}

    Walk walk() {
        List<LinkedValue> bounds = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        String start = node(bounds);
        String here = start;
        while (tokens.is("-") || tokens.is("<-")) {
            if (steps.size() == MOST_STEPS) {
                throw new WrittenQueryException("a pattern may have up to " + MOST_STEPS + " relationships");
            }
            Arrow arrow = arrow();
            String next = node(bounds);
            steps.add(step(here, arrow, next));
            here = next;
        }
        return new Walk(start, steps, bounds);
    }

    /** Whether what follows in parentheses is a pattern and no condition. */
    boolean isNext() {
        int ahead = 1;
        if (tokens.peek(ahead).kind() == Tokens.Kind.WORD) {
            ahead++;
        }
        boolean labelled = tokens.is(ahead, ":");
        return tokens.is("(") && (labelled || (tokens.is(ahead, ")") && isArrow(ahead + 1)));
    }

    private boolean isArrow(int ahead) {
        return tokens.is(ahead, "<-") || (tokens.is(ahead, "-") && tokens.is(ahead + 1, "["));
    }

    private String node(List<LinkedValue> bounds) {
        tokens.need("(");
        String variable = tokens.peek().kind() == Tokens.Kind.WORD ? tokens.word() : "";
        String label;
        if (tokens.take(":")) {
            String named = tokens.word();
            label = variable.isEmpty() ? names.schema().label(named).name() : names.declare(variable, named);
        } else {
            label = names.labelOf(variable);
        }
        if (tokens.take("{")) {
            do {
                bounds.add(bound(label));
            } while (tokens.take(","));
            tokens.need("}");
        }
        tokens.need(")");
        return label;
    }

    private LinkedValue bound(String label) {
        String property = tokens.word();
        tokens.need(":");
        Tokens.Token value = tokens.next();
        if (value.kind() != Tokens.Kind.PARAMETER) {
            throw new WrittenQueryException("{" + property + ": …} takes a parameter, not '" + value.text() + "'");
        }
        LinkedValue linked = names.parameter(value.text());
        if (!linked.place().label().equals(label)) {
            throw new WrittenQueryException("$" + linked.name() + " is a " + linked.place() + ", not one of " + label);
        }
        return linked;
    }

    private Arrow arrow() {
        boolean backward = tokens.take("<-");
        if (!backward) {
            tokens.need("-");
        }
        tokens.need("[");
        if (tokens.peek().kind() == Tokens.Kind.WORD) {
            tokens.word();
        }
        tokens.need(":");
        String type = tokens.word();
        tokens.need("]");
        boolean forward = tokens.take("->");
        if (!forward) {
            tokens.need("-");
        }
        return new Arrow(type, forward, backward);
    }

    /** Between two labels a type has mostly one direction, so that an arrow the wrong way round still means something. */
    private Step step(String from, Arrow arrow, String to) {
        List<Step> fitting = names.schema().steps(from).stream()
                .filter(s -> s.edge().type().equals(arrow.type()) && s.to().equals(to))
                .toList();
        Optional<Step> written =
                fitting.stream().filter(s -> s.forward() != arrow.backward()).findFirst();
        return written.or(() -> fitting.stream().findFirst())
                .orElseThrow(() -> new WrittenQueryException("no " + arrow.type() + " joins " + from + " and " + to
                        + "; from " + from + " there are "
                        + names.schema().steps(from).stream()
                                .map(s -> s.arrow() + "(" + s.to() + ")")
                                .toList()));
    }
}
