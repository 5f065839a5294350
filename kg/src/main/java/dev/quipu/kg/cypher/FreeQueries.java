package dev.quipu.kg.cypher;

import dev.langchain4j.data.message.ChatMessage;
import dev.quipu.Identity;
import dev.quipu.Mention;
import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Row;
import dev.quipu.kg.cypher.FreeAnswer.Attempt;
import dev.quipu.kg.cypher.FreeAnswer.Column;
import dev.quipu.kg.cypher.FreeAnswer.Found;
import dev.quipu.kg.cypher.FreeAnswer.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions that no template covers. A model writes a query, under a grammar where it can be bound to one; the
 * text is read into a tree, and what is printed from the tree, with the caller's limits, is checked, explained and run
 * on a read-only session. A query that cannot be run is written once more, with what was wrong; after that the question
 * is refused.
 *
 * <p>Nothing that the model wrote reaches the database: names come from the schema, values are parameters. A query that
 * touches private labels reads rows of the asking customer only, and is refused to a visitor. Thread-safe; calls block.
 */
public final class FreeQueries {
    private static final Logger LOG = LoggerFactory.getLogger(FreeQueries.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int TRIES = 2;

    private final GraphStore store;
    private final Exposure exposure;
    private final LiveSchema schema;
    private final CypherGuard guard;
    private final QueryWriter writer;

    private FreeQueries(
            GraphStore store, Exposure exposure, Set<String> privateLabels, QueryWriter writer, Clock clock) {
        this.store = store;
        this.exposure = exposure;
        this.schema = new LiveSchema(store, exposure, privateLabels, clock);
        this.guard = new CypherGuard(privateLabels);
        this.writer = writer;
    }

    /**
     * @param exposure what may be read
     * @param privateLabels the labels whose nodes belong to a customer, besides those that are exposed and not public
     */
    public static FreeQueries of(
            GraphStore store, Exposure exposure, Collection<String> privateLabels, QueryWriter writer, Clock clock) {
        Set<String> closed = new HashSet<>(privateLabels);
        exposure.labels().keySet().stream()
                .filter(l -> !exposure.open().contains(l))
                .forEach(closed::add);
        return new FreeQueries(store, exposure, Set.copyOf(closed), writer, clock);
    }

    /** Reads the schema again after the graph was loaded anew. */
    public void refresh() {
        schema.refresh();
    }

    /**
     * Answers a question.
     *
     * @param mentions what was linked in it, without overlaps
     * @throws GraphException if the store cannot be reached
     */
    public FreeAnswer ask(String question, List<Mention> mentions, Identity who) {
        LiveSchema.Read live = schema.get();
        if (live.schema().labels().isEmpty()) {
            return new Refused("the graph has nothing that free questions may read", false, List.of());
        }
        Bindings bindings = Bindings.of(question, mentions, exposure);
        String grammar = QueryGrammar.of(live.schema(), bindings).print();
        List<ChatMessage> messages = new QueryPrompt(live.schema(), exposure.examples()).messages(question, bindings);
        List<Attempt> attempts = new ArrayList<>();
        while (attempts.size() < TRIES) {
            String written = writer.write(messages, grammar);
            try {
                PrintedQuery query = printed(written, live, bindings);
                if (query.own() && who instanceof Identity.Anonymous) {
                    attempts.add(new Attempt(written, "private", false));
                    return logged(new Refused("it asks for private data and nobody is signed in", true, attempts));
                }
                List<Row> rows = run(query, who);
                attempts.add(new Attempt(written, "", false));
                return logged(found(query, rows, attempts));
            } catch (WrittenQueryException e) {
                attempts.add(new Attempt(written, e.problem(), false));
            } catch (GraphException e) {
                if (e.code() != GraphError.REJECTED && e.code() != GraphError.TIMEOUT) {
                    throw e;
                }
                attempts.add(new Attempt(written, problem(e), e.code() == GraphError.REJECTED));
            }
            messages = QueryPrompt.again(messages, written, attempts.getLast().problem());
        }
        return logged(new Refused("no query was written that may be run", false, attempts));
    }

    private PrintedQuery printed(String written, LiveSchema.Read live, Bindings bindings) {
        WrittenQuery query = QueryParser.parse(written, live.schema(), bindings);
        Set<String> used = query.uses();
        List<String> unused = bindings.values().stream()
                .filter(v -> !exposure.loose().contains(v.slot()))
                .map(Bindings.LinkedValue::name)
                .filter(n -> !used.contains(n))
                .map(n -> "$" + n)
                .toList();
        if (!unused.isEmpty()) {
            throw new WrittenQueryException("it does not use " + String.join(", ", unused));
        }
        PrintedQuery printed = QueryPrinter.print(query, live.schema(), live.ownership(), exposure.tenant());
        guard.check("A written query", printed.cypher(), printed.own());
        return printed;
    }

    /** Explained first, so that what Neo4j would refuse is told apart from what fails while it runs. */
    private List<Row> run(PrintedQuery query, Identity who) {
        Map<String, Object> parameters = new LinkedHashMap<>(query.parameters());
        if (who instanceof Identity.Customer customer) {
            parameters.put(Bindings.CUSTOMER, customer.id());
        }
        exposure.tenant().ifPresent(t -> parameters.put(Bindings.TENANT, who.tenant()));
        store.read("EXPLAIN " + query.cypher(), parameters, LIMIT, 1);
        return store.read(query.cypher(), parameters, LIMIT, QueryPrinter.ROWS);
    }

    private static Found found(PrintedQuery query, List<Row> rows, List<Attempt> attempts) {
        boolean whole = rows.size() < QueryPrinter.ROWS;
        return new Found(
                query.columns().stream().map(Column::of).toList(),
                whole ? rows : rows.subList(0, QueryParser.MOST_ROWS),
                query.cypher(),
                query.own(),
                whole,
                attempts);
    }

    private static String problem(GraphException e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("it failed");
        return message.lines().findFirst().orElse(message);
    }

    private static FreeAnswer logged(FreeAnswer answer) {
        LOG.atInfo()
                .addKeyValue("attempts", answer.attempts().size())
                .addKeyValue("outcome", answer instanceof Found f ? f.rows().size() + " rows" : "refused")
                .log("free question");
        return answer;
    }
}
