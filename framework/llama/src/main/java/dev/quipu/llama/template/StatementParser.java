package dev.quipu.llama.template;

import dev.quipu.llama.template.Expression.FilterCall;
import dev.quipu.llama.template.Statement.Branch;
import dev.quipu.llama.template.Statement.Parameter;
import dev.quipu.llama.template.Statement.Signature;
import dev.quipu.llama.template.Statement.Target;
import dev.quipu.llama.template.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses a template into statements. */
final class StatementParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private int loops;

    private StatementParser(TemplateSource source) {
        this.tokens = new TokenStream(source, Lexer.tokens(source));
        this.expressions = new ExpressionParser(tokens);
    }

    static List<Statement> parse(TemplateSource source) {
        int length = source.text().length();
        if (length > Limits.STANDARD.sourceCharacters()) {
            throw new TemplateException(
                    TemplateError.TOO_LARGE,
                    "The template has " + length + " characters; the limit is " + Limits.STANDARD.sourceCharacters()
                            + ".");
        }
        return new StatementParser(source).body(Set.of());
    }

    /** Statements up to a block whose name is one of {@code ends}; that name becomes the current token. */
    private List<Statement> body(Set<String> ends) {
        tokens.descend();
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            switch (token.kind()) {
                case TEXT ->
                    statements.add(
                            new Statement.Literal(token.offset(), tokens.next().text()));
                case VARIABLE_BEGIN -> {
                    tokens.next();
                    statements.add(new Statement.Output(token.offset(), expressions.tuple()));
                    tokens.expect(Kind.VARIABLE_END, "'}}'");
                }
                case BLOCK_BEGIN -> {
                    tokens.next();
                    if (tokens.current().kind() == Kind.NAME
                            && ends.contains(tokens.current().text())) {
                        tokens.ascend();
                        return List.copyOf(statements);
                    }
                    statements.add(block(token.offset()));
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw tokens.unexpected("{% "
                                + String.join(" or ", ends.stream().sorted().toList()) + " %}");
                    }
                    tokens.ascend();
                    return List.copyOf(statements);
                }
            }
        }
    }

    /** The body of a block and the tag that ends it. */
    private List<Statement> bodyUntil(String end) {
        endTag();
        List<Statement> statements = body(Set.of(end));
        tokens.expectName(end);
        endTag();
        return statements;
    }

    private void endTag() {
        tokens.expect(Kind.BLOCK_END, "'%}'");
    }

    private Statement block(int offset) {
        Token name = tokens.current();
        return switch (tokens.expectIdentifier()) {
            case "if" -> condition(offset);
            case "for" -> loop(offset);
            case "set" -> assignment(offset);
            case "macro" -> macro(offset);
            case "call" -> call(offset);
            case "filter" -> filter(offset);
            case "with" -> with(offset);
            case "generation" -> new Statement.With(offset, List.of(), List.of(), bodyUntil("endgeneration"));
            case "break" -> jump(new Statement.Break(offset));
            case "continue" -> jump(new Statement.Continue(offset));
            case "include", "import", "from", "extends", "block" ->
                throw tokens.unsupported(
                        offset, "A chat template stands alone; {% " + name.text() + " %} is not supported");
            case "elif", "else", "endif", "endfor", "endset", "endmacro", "endcall", "endfilter", "endwith" ->
                throw tokens.failure("There is no open block for {% " + name.text() + " %}");
            default -> throw tokens.unsupported(offset, "There is no tag {% " + name.text() + " %} here");
        };
    }

    private Statement jump(Statement statement) {
        if (loops == 0) {
            throw tokens.failure("A break or continue stands outside a loop");
        }
        endTag();
        return statement;
    }

    private Statement condition(int offset) {
        List<Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        Set<String> ends = Set.of("elif", "else", "endif");
        Expression test = expressions.tuple();
        endTag();
        branches.add(new Branch(test, body(ends)));
        while (!tokens.skipName("endif")) {
            if (tokens.skipName("elif")) {
                Expression next = expressions.tuple();
                endTag();
                branches.add(new Branch(next, body(ends)));
            } else {
                tokens.expectName("else");
                endTag();
                otherwise = body(Set.of("endif"));
            }
        }
        endTag();
        return new Statement.If(offset, List.copyOf(branches), otherwise);
    }

    private Statement loop(int offset) {
        Target target = targets();
        tokens.expectName("in");
        Expression iterable = expressions.iterable();
        Expression condition = tokens.skipName("if") ? expressions.expression() : null;
        boolean recursive = tokens.skipName("recursive");
        endTag();
        loops++;
        List<Statement> body = body(Set.of("else", "endfor"));
        loops--;
        List<Statement> otherwise = List.of();
        if (tokens.skipName("else")) {
            endTag();
            otherwise = body(Set.of("endfor"));
        }
        tokens.expectName("endfor");
        endTag();
        return new Statement.For(offset, target, iterable, condition, recursive, body, otherwise);
    }

    private Statement assignment(int offset) {
        Target target = targets();
        if (tokens.skipOperator("=")) {
            Expression value = expressions.tuple();
            endTag();
            return new Statement.Set(offset, target, value);
        }
        List<FilterCall> filters = filters();
        return new Statement.SetBlock(offset, target, filters, bodyUntil("endset"));
    }

    private List<FilterCall> filters() {
        List<FilterCall> filters = new ArrayList<>();
        while (tokens.current().isOperator("|")) {
            filters.add(expressions.filter());
        }
        return filters;
    }

    /** One target, or several separated by commas. */
    private Target targets() {
        Target first = target();
        if (!tokens.current().isOperator(",")) {
            return first;
        }
        List<Target> all = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",")
                && !tokens.current().isName("in")
                && !tokens.current().isOperator("=")) {
            all.add(target());
        }
        return new Target.Unpacked(List.copyOf(all));
    }

    private Target target() {
        if (tokens.skipOperator("(")) {
            tokens.descend();
            Target inside = targets();
            tokens.ascend();
            tokens.expectOperator(")");
            return inside;
        }
        String name = tokens.expectIdentifier();
        return tokens.skipOperator(".")
                ? new Target.Member(name, tokens.expectIdentifier())
                : new Target.Variable(name);
    }

    private Statement macro(int offset) {
        String name = tokens.expectIdentifier();
        Signature signature = new Signature(name, parameters());
        return new Statement.Macro(offset, signature, outsideLoops("endmacro"));
    }

    private Statement call(int offset) {
        List<Parameter> parameters = tokens.current().isOperator("(") ? parameters() : List.of();
        if (!(expressions.expression() instanceof Expression.Call called)) {
            throw tokens.failure("A call block needs a call");
        }
        return new Statement.CallBlock(offset, new Signature("caller", parameters), called, outsideLoops("endcall"));
    }

    /** A body that runs as a function, so that a break in it cannot leave a loop around it. */
    private List<Statement> outsideLoops(String end) {
        int around = loops;
        loops = 0;
        List<Statement> body = bodyUntil(end);
        loops = around;
        return body;
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        tokens.expectOperator("(");
        while (!tokens.current().isOperator(")")) {
            Token name = tokens.expect(Kind.NAME, "a parameter");
            if (!names.add(name.text())) {
                throw tokens.failure("The parameter '" + name.text() + "' occurs twice");
            }
            @Nullable Expression byDefault = tokens.skipOperator("=") ? expressions.expression() : null;
            parameters.add(new Parameter(name.text(), byDefault));
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(")");
        return List.copyOf(parameters);
    }

    private Statement filter(int offset) {
        List<FilterCall> filters = new ArrayList<>(List.of(expressions.filterName(offset)));
        filters.addAll(filters());
        return new Statement.FilterBlock(offset, List.copyOf(filters), bodyUntil("endfilter"));
    }

    private Statement with(int offset) {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (tokens.current().kind() != Kind.BLOCK_END) {
            targets.add(target());
            tokens.expectOperator("=");
            values.add(expressions.expression());
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        return new Statement.With(offset, List.copyOf(targets), List.copyOf(values), bodyUntil("endwith"));
    }
}
