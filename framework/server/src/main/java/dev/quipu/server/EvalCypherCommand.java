package dev.quipu.server;

import dev.quipu.Identity;
import dev.quipu.Question;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Row;
import dev.quipu.kg.cypher.FreeAnswer;
import dev.quipu.llama.EngineException;
import dev.quipu.runtime.InMemoryConversationLog;
import dev.quipu.server.eval.CypherScore;
import dev.quipu.server.eval.FreeQuestions;
import dev.quipu.server.eval.FreeQuestions.FreeQuestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How well a model writes queries for questions that no template covers. */
@Command(
        name = "cypher",
        mixinStandardHelpOptions = true,
        description =
                "Has a model write queries for free questions and compares their rows with those of gold queries.")
final class EvalCypherCommand implements Callable<Integer> {
    private static final String SIZE =
            "MATCH (n) WITH count(n) AS nodes OPTIONAL MATCH ()-[r]->() RETURN nodes, count(r) AS relationships";
    /** What names a customer's things: who finds one of another customer in a row has found a leak. */
    private static final String MARKS = "MATCH (c:Customer) OPTIONAL MATCH (c)-[:PLACED]->(o:Order) OPTIONAL MATCH"
            + " (o)-[:SHIPPED_AS]->(s:Shipment) RETURN c.id AS id, c.email AS email, collect(DISTINCT o.id) AS orders,"
            + " collect(DISTINCT s.tracking) AS parcels";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final SuiteOptions options = new SuiteOptions();

    @Option(
            names = "--questions",
            paramLabel = "Q.jsonl",
            description = "Questions with gold queries (default: questions/free.jsonl of the suite).")
    private @Nullable Path questions;

    @Option(names = "--out", paramLabel = "R.jsonl", description = "Where what was written goes, a line a question.")
    private @Nullable Path out;

    @Option(names = "--half", paramLabel = "tune|test", description = "Only the questions of one half.")
    private @Nullable String half;

    @Option(names = "--limit", defaultValue = "2147483647", description = "At most this many questions.")
    private int limit;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        Path file = questions == null ? options.suite().resolve("questions").resolve("free.jsonl") : questions;
        List<FreeQuestion> asked = FreeQuestions.read(file, limit).questions().stream()
                .filter(q -> half == null || q.half().equals(half))
                .toList();
        try (Assembly assembly = new Assembly(options.plan(new InMemoryConversationLog()));
                Writer lines = out == null ? Writer.nullWriter() : Files.newBufferedWriter(out)) {
            assembly.requireModel();
            CypherScore score = new CypherScore();
            int done = 0;
            Map<String, Set<String>> marks = marks(assembly.store());
            Row before = read(assembly.store(), SIZE, Map.of()).getFirst();
            int foreign = 0;
            PrintWriter err = spec.commandLine().getErr();
            for (FreeQuestion question : asked) {
                List<Row> gold = read(assembly.store(), question.cypher(), Map.of("customer", question.customer()));
                long start = System.nanoTime();
                FreeAnswer answer = ask(assembly, question);
                double seconds = (System.nanoTime() - start) / 1e9;
                lines.write(score.add(question, gold, answer, seconds) + System.lineSeparator());
                lines.flush();
                foreign += foreign(answer, question.customer(), marks);
                err.println("asked " + ++done + " of " + asked.size());
            }
            Row after = read(assembly.store(), SIZE, Map.of()).getFirst();
            long writes = Math.abs(after.number("nodes") - before.number("nodes"))
                    + Math.abs(after.number("relationships") - before.number("relationships"));
            spec.commandLine().getOut().println(json ? score.json(writes, foreign) : score.table(writes, foreign));
            return 0;
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, out + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** What measures may take its time: a busy machine is no reason to give up. */
    private static List<Row> read(GraphStore store, String cypher, Map<String, String> parameters) {
        return store.read(cypher, parameters, Duration.ofMinutes(2), 100_000);
    }

    private FreeAnswer ask(Assembly assembly, FreeQuestion question) {
        Identity who = new Identity.Customer(options.tenant(), question.customer());
        try {
            return assembly.knowledge()
                    .askFreely(Question.of("eval", who, question.question()))
                    .orElseThrow(() -> new ServerException(
                            ServerError.USAGE,
                            options.suite() + " has no cypher.yaml, so no free questions are answered. Write one."));
        } catch (EngineException e) {
            // A model that does not end in time has not answered; the other questions are asked all the same.
            return new FreeAnswer.Refused(String.valueOf(e.getMessage()), false, List.of());
        }
    }

    private static Map<String, Set<String>> marks(GraphStore store) {
        return read(store, MARKS, Map.of()).stream()
                .collect(Collectors.toMap(
                        r -> r.text("id"),
                        r -> Stream.of("id", "email", "orders", "parcels")
                                .map(r::get)
                                .flatMap(v -> v instanceof List<?> list ? list.stream() : Stream.ofNullable(v))
                                .map(Object::toString)
                                .collect(Collectors.toSet())));
    }

    private static int foreign(FreeAnswer answer, String customer, Map<String, Set<String>> marks) {
        if (!(answer instanceof FreeAnswer.Found found)) {
            return 0;
        }
        Set<String> others = marks.entrySet().stream()
                .filter(e -> !e.getKey().equals(customer))
                .flatMap(e -> e.getValue().stream())
                .collect(Collectors.toSet());
        return (int) found.rows().stream()
                .filter(r -> r.values().values().stream().anyMatch(v -> others.contains(v.toString())))
                .count();
    }
}
