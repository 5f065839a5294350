package dev.quipu.kg.question;

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
 */
final class CypherGuard {
    private static final Pattern STRINGS_AND_COMMENTS =
            Pattern.compile("'(?:\\\\.|[^'\\\\])*'|\"(?:\\\\.|[^\"\\\\])*\"|//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("(?<![$.`\\w])[A-Za-z_]\\w*");
    private static final Pattern LABELS = Pattern.compile("(?:\\(\\s*\\w*\\s*|[:&|!])\\s*:?\\s*`?([A-Za-z_]\\w*)`?");
    private static final Pattern CUSTOMER = Pattern.compile("\\{\\s*id\\s*:\\s*\\$customer\\s*}");
    private static final Set<String> WRITING = Set.of(
            "create",
            "merge",
            "set",
            "delete",
            "detach",
            "remove",
            "drop",
            "load",
            "foreach",
            "call",
            "alter",
            "grant",
            "deny",
            "revoke",
            "use",
            "insert",
            "start",
            "stop",
            "terminate");

    private final Set<String> privateLabels;

    CypherGuard(Collection<String> privateLabels) {
        this.privateLabels = Set.copyOf(privateLabels);
    }

    void check(String where, String cypher, boolean own) {
        String code = STRINGS_AND_COMMENTS.matcher(cypher).replaceAll("''");
        Matcher words = WORD.matcher(code);
        while (words.find()) {
            if (WRITING.contains(words.group().toLowerCase(Locale.ROOT))) {
                throw unsafe(where, "uses " + words.group() + "; only reading clauses are allowed");
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
    }

    private static GraphException unsafe(String where, String problem) {
        return new GraphException(GraphError.UNSAFE_QUERY, where + " " + problem + ".");
    }
}
