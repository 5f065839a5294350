package dev.quipu.server;

import dev.quipu.Focus;
import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Question;
import dev.quipu.kg.question.KnowledgeGraph;
import dev.quipu.runtime.InMemoryConversationLog;
import dev.quipu.server.eval.FreeQuestions;
import dev.quipu.server.eval.FreeQuestions.FreeQuestion;
import dev.quipu.server.eval.QuestionFile;
import dev.quipu.server.eval.RoutingScore;
import dev.quipu.server.eval.RoutingScore.Way;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which questions go to the writer of queries and which to a template. */
@Command(
        name = "routing",
        mixinStandardHelpOptions = true,
        description = "Tells which way questions take in the whole assistant: to a template, to a written query, to"
                + " documents, or to a refusal. No query is written, so no model is needed.")
final class EvalRoutingCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final SuiteOptions options = new SuiteOptions();

    @Option(
            names = "--free",
            paramLabel = "Q.jsonl",
            description = "Free questions with gold queries (default: questions/free.jsonl of the suite).")
    private @Nullable Path free;

    @Option(
            names = "--declared",
            paramLabel = "Q.jsonl",
            description = "Questions that templates answer or nothing does; may be repeated.")
    private List<Path> declared = List.of();

    @Option(names = "--out", paramLabel = "R.jsonl", description = "Where the ways go, a line a question.")
    private @Nullable Path out;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        Path file = free == null ? options.suite().resolve("questions").resolve("free.jsonl") : free;
        List<FreeQuestion> asked = FreeQuestions.read(file, Integer.MAX_VALUE).questions();
        try (Assembly assembly =
                        new Assembly(options.plan(new InMemoryConversationLog()).withoutModel());
                Writer lines = out == null ? Writer.nullWriter() : Files.newBufferedWriter(out)) {
            // A writer makes free questions possible; none of them is answered here.
            KnowledgeGraph knowledge = assembly.knowledgeWith((conversation, grammar) -> "");
            RoutingScore score = new RoutingScore();
            for (FreeQuestion question : asked) {
                Optional<Intent> reading = reading(knowledge, question.customer(), question.question());
                Way way = way(reading);
                String answer = way == Way.template ? answer(assembly, question) : "";
                var gold = assembly.store()
                        .read(
                                question.cypher(),
                                Map.of("customer", question.customer()),
                                Duration.ofMinutes(2),
                                100_000);
                lines.write(score.free(
                                question,
                                way,
                                without(assembly, question.customer(), question.question()),
                                answer,
                                gold)
                        + System.lineSeparator());
            }
            spec.commandLine().getErr().println("read " + asked.size() + " free questions");
            for (Path more : declared) {
                for (QuestionFile.Asked question :
                        QuestionFile.read(more, Integer.MAX_VALUE).questions()) {
                    Optional<Intent> reading = reading(knowledge, question.customer(), question.question());
                    lines.write(score.declared(
                                    question, way(reading), without(assembly, question.customer(), question.question()))
                            + System.lineSeparator());
                }
                spec.commandLine().getErr().println("read " + more);
            }
            spec.commandLine().getOut().println(json ? score.json() : score.table());
            return 0;
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, out + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private Identity who(String customer) {
        return customer.isEmpty()
                ? new Identity.Anonymous(options.tenant())
                : new Identity.Customer(options.tenant(), customer);
    }

    private Optional<Intent> reading(KnowledgeGraph knowledge, String customer, String question) {
        return knowledge.understand(Question.of("eval", who(customer), question), Focus.NONE).readings().stream()
                .findFirst();
    }

    /** What is read where no query can be written, and how well it fits. */
    private String without(Assembly assembly, String customer, String question) {
        return reading(assembly.knowledge(), customer, question)
                .map(r -> String.format(Locale.ROOT, "%s %.2f", r.name(), r.score()))
                .orElse("");
    }

    private static String name(Optional<Intent> reading) {
        return reading.map(Intent::name).orElse("");
    }

    private static Way way(Optional<Intent> reading) {
        return switch (name(reading)) {
            case KnowledgeGraph.QUERY -> Way.query;
            case KnowledgeGraph.PASSAGES -> Way.passages;
            case "", KnowledgeGraph.UNKNOWN -> Way.refusal;
            default -> Way.template;
        };
    }

    /** What the assistant says when no query is written. */
    private String answer(Assembly assembly, FreeQuestion question) {
        return assembly.assistant()
                .ask("routing-" + question.id(), who(question.customer()), question.question())
                .await()
                .text();
    }
}
