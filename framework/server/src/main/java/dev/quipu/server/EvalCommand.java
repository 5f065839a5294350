package dev.quipu.server;

import dev.langchain4j.model.chat.ChatModel;
import dev.quipu.Language;
import dev.quipu.llama.Sampling;
import dev.quipu.runtime.InMemoryConversationLog;
import dev.quipu.server.eval.AnswerFile;
import dev.quipu.server.eval.QuestionFile;
import dev.quipu.server.eval.Respondent;
import dev.quipu.server.eval.Scorecard;
import dev.quipu.server.eval.TextPrompt;
import dev.quipu.server.eval.TextRetriever;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures answers. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = "Measures answers.",
        subcommands = {
            EvalCommand.Qa.class,
            EvalCypherCommand.class,
            EvalRoutingCommand.class,
            EvalRetrievalCommand.class,
            LanguageModelEval.class,
            EvalTextCommand.class,
            EvalClassCommand.class,
            EvalCodeCommand.class
        })
final class EvalCommand {
    private EvalCommand() {}

    /** The ways to answer that are compared. */
    enum Arm {
        kg,
        text,
        none
    }

    /** Answers a file of questions. */
    @Command(
            name = "qa",
            mixinStandardHelpOptions = true,
            description = "Answers a question file: one JSON line a question in, one a answer out.")
    static final class Qa implements Callable<Integer> {
        @Mixin
        private final SuiteOptions options = new SuiteOptions();

        @Option(
                names = "--questions",
                required = true,
                paramLabel = "Q.jsonl",
                description = "Questions with id, customer, question, lang.")
        @SuppressWarnings("NullAway.Init")
        private Path questions;

        @Option(names = "--out", required = true, paramLabel = "A.jsonl", description = "Where answers go.")
        @SuppressWarnings("NullAway.Init")
        private Path out;

        @Option(
                names = "--arm",
                defaultValue = "kg",
                description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private Arm arm = Arm.kg;

        @Option(
                names = "--prompt",
                defaultValue = "examples",
                description = "How arm text asks the model: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private TextPrompt prompt = TextPrompt.examples;

        @Option(
                names = "--without",
                split = ",",
                paramLabel = "PART",
                description = "Leaves parts of arm kg out, to see what each is worth: ${COMPLETION-CANDIDATES}.")
        private Set<Assembly.Part> without = Set.of();

        @Option(names = "--limit", defaultValue = "2147483647", description = "At most this many questions.")
        private int limit;

        @Option(names = "--score", description = "Compare with the gold of the question file, after the last answer.")
        private boolean score;

        @Option(names = "--json", description = "One JSON object on the last line of standard output.")
        private boolean json;

        @Override
        public Integer call() {
            QuestionFile asked = QuestionFile.read(questions, limit);
            try (Assembly assembly = new Assembly(
                            options.plan(new InMemoryConversationLog()).without(without));
                    AnswerFile answers = AnswerFile.create(out)) {
                Respondent respondent = respondent(assembly);
                // The first question of a process pays for class loading and cold queries; it is asked once before.
                asked.first().ifPresent(respondent::answer);
                int done = 0;
                for (QuestionFile.Asked question : asked.questions()) {
                    answers.write(question.id(), respondent.answer(question));
                    if (++done % 25 == 0) {
                        System.err.println(
                                "answered " + done + " of " + asked.questions().size());
                    }
                }
                Optional<Scorecard> card = score ? Optional.of(Scorecard.of(questions, out)) : Optional.empty();
                if (!json) {
                    card.ifPresent(c -> System.out.println(c.table()));
                }
                System.out.println(json ? answers.json(card) : answers.summary());
            }
            return 0;
        }

        private Respondent respondent(Assembly assembly) {
            return switch (arm) {
                case kg -> Respondent.graph(assembly.assistant(), options.tenant());
                case text ->
                    Respondent.text(
                            TextRetriever.index(
                                    assembly.store(),
                                    java.util.Objects.requireNonNull(
                                            assembly.models().get(Language.ENGLISH)),
                                    options.dataFolder()),
                            patient(assembly),
                            prompt);
                case none -> Respondent.model(patient(assembly));
            };
        }

        /** A slow answer counts by its seconds; it does not end the measurement. */
        private static ChatModel patient(Assembly assembly) {
            return assembly.requireModel().with(Sampling.GREEDY, Duration.ofMinutes(10));
        }
    }
}
