package dev.quipu.kg.cypher;

import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The static check of a suite's queries: read-only, no procedures, and private labels only together with the asking
 * customer. It guards against mistakes of the suite's author; the session that runs a query is read-only besides.
 *
 * <p>What it cannot see through it refuses: escapes that Neo4j resolves before it reads a query, labels that are computed,
 * functions of plug-ins, and in public queries nodes of any label.
 */
public final class CypherGuard {
    /** One alternation, so that a quote inside a name or a comment opens nothing. */
    private static final Pattern OPAQUE = Pattern.compile(
            "'(?:\\\\.|[^'\\\\])*+'|\"(?:\\\\.|[^\"\\\\])*+\"|(`(?:[^`]|``)*+`)|//[^\\n\\r]*+|/\\*.*?\\*/",
            Pattern.DOTALL);

    private static final Pattern UNCLOSED = Pattern.compile("['\"]|/\\*");
    private static final Pattern WORD = Pattern.compile("(?<![$.`\\w])[A-Za-z_]\\w*");
    private static final Pattern NAMESPACED = Pattern.compile("(\\w+)\\s*\\.\\s*(?:\\w+\\s*\\.\\s*)*\\w+\\s*\\(");
    private static final Set<String> NAMESPACES =
            Set.of("date", "datetime", "localdatetime", "localtime", "time", "duration", "point", "vector");
    private static final Pattern LABELS = Pattern.compile("(?:\\(\\s*\\w*\\s*|[:&|!])\\s*:?\\s*`?([A-Za-z_]\\w*)`?");
    private static final Pattern CUSTOMER = Pattern.compile("\\{\\s*id\\s*:\\s*\\$customer\\s*}");
    /** A node of a pattern: its variable, and what stands in the place of labels or properties. */
    private static final Pattern NODE = Pattern.compile("(?:^|[^\\w`])\\(\\s*(\\w*)\\s*([:{)]|(?i:where|is)\\b)");

    private static final Set<String> WRITING = Set.of(
            "create",
            "merge",
            "set",
            "delete",
            "detach",
            "nodetach",
            "remove",
            "drop",
            "load",
            "csv",
            "foreach",
            "call",
            "yield",
            "alter",
            "rename",
            "grant",
            "deny",
            "revoke",
            "use",
            "insert",
            "start",
            "stop",
            "show",
            "terminate",
            "execute",
            "periodic",
            "transactions");

    private final Set<String> privateLabels;

    /** @param privateLabels labels of nodes that belong to a customer */
    public CypherGuard(Collection<String> privateLabels) {
        this.privateLabels = Set.copyOf(privateLabels);
    }

    /**
     * @param where what holds the query, for the message
     * @param own whether it is bound to the asking customer and may read private labels
     * @throws GraphException if the query could write, or read what its caller may not
     */
    public void check(String where, String cypher, boolean own) {
        String code = code(where, cypher);
        Matcher words = WORD.matcher(code);
        while (words.find()) {
            if (WRITING.contains(words.group().toLowerCase(Locale.ROOT))) {
                throw unsafe(where, "uses " + words.group() + "; only reading clauses are allowed");
            }
        }
        Matcher functions = NAMESPACED.matcher(code);
        while (functions.find()) {
            if (!NAMESPACES.contains(functions.group(1).toLowerCase(Locale.ROOT))) {
                throw unsafe(where, "calls " + functions.group() + "…); only Cypher's own functions are allowed");
            }
        }
        boolean bound = CUSTOMER.matcher(code).find();
        List<String> touched = LABELS.matcher(code)
                .results()
                .map(r -> r.group(1))
                .filter(privateLabels::contains)
                .toList();
        if (!touched.isEmpty() && !own) {
            throw unsafe(where, "reads " + touched.getFirst() + " but its scope is public; make it 'own'");
        }
        if (own && !bound) {
            throw unsafe(where, "has the scope 'own' but no {id: $customer} binds it to the asking customer");
        }
        if (!own) {
            requireLabels(where, code);
        }
    }

    /** The query without its strings and comments; quoted names stay, as labels may be among them. */
    private static String code(String where, String cypher) {
        if (cypher.contains("\\u") || cypher.contains("\\U")) {
            throw unsafe(where, "has a Unicode escape; write the character itself");
        }
        String code = OPAQUE.matcher(cypher)
                .replaceAll(m -> Matcher.quoteReplacement(
                        m.group(1) == null ? " 0 " : m.group(1).replaceAll("[^\\w`]", "_")));
        if (UNCLOSED.matcher(code).find() || code.chars().filter(c -> c == '`').count() % 2 != 0) {
            throw unsafe(where, "has a quote or a comment that does not end");
        }
        if (code.contains("$(")) {
            throw unsafe(where, "computes a label or type; write its name");
        }
        if (code.contains(";")) {
            throw unsafe(where, "holds more than one statement");
        }
        return code;
    }

    /** A node without a label may be anybody's; once a variable has one, it may be named again without. */
    private static void requireLabels(String where, String code) {
        Matcher nodes = NODE.matcher(code);
        int from = 0;
        while (nodes.find(from)) {
            from = nodes.end() - 1;
            String variable = nodes.group(1);
            boolean labelled = nodes.group(2).equals(":") || nodes.group(2).equalsIgnoreCase("is");
            boolean known = !variable.isEmpty()
                    && Pattern.compile("\\(\\s*" + variable + "\\s*:")
                            .matcher(code)
                            .find();
            boolean pattern = isInPattern(code, nodes.start(), nodes.group(2), nodes.end());
            if (pattern && !labelled && !known) {
                throw unsafe(where, "has a node without a label, which may be private; add its label");
            }
        }
    }

    /** Whether parentheses are a node: they hold properties, or a relationship stands beside them or MATCH before. */
    private static boolean isInPattern(String code, int start, String after, int end) {
        if (after.equals("{") || after.equalsIgnoreCase("where")) {
            return true;
        }
        String before = code.substring(0, start + 1).stripTrailing();
        String behind = code.substring(Math.min(end, code.length())).stripLeading();
        return before.endsWith("-")
                || before.endsWith(">")
                || before.endsWith(",")
                || before.matches("(?is).*\\b(?:match|=)\\s*\\W?")
                || behind.startsWith("-[")
                || behind.startsWith("<-")
                || behind.startsWith("--")
                || behind.startsWith("->");
    }

    private static GraphException unsafe(String where, String problem) {
        return new GraphException(GraphError.UNSAFE_QUERY, where + " " + problem + ".");
    }
}
