package dev.quipu.codegen;

import dev.langchain4j.data.message.ChatMessage;
import dev.quipu.codegen.Attempt.Kind;
import dev.quipu.codegen.Attempt.Stage;
import dev.quipu.codegen.Step.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes one candidate: draft, check, test. Thread-safe; several are made side by side. */
final class Workshop {
    /** Where a reply that begins in a code block ends. */
    private static final List<String> STOP = List.of("\n```");

    private final CodeModel model;
    private final Prompts prompts;
    private final Analyst analyst;
    private final CodeOptions options;
    private final Ledger ledger;

    Workshop(CodeModel model, Analyst analyst, CodeOptions options, Ledger ledger) {
        this.model = model;
        this.prompts = new Prompts(Family.of(model.name()));
        this.analyst = analyst;
        this.options = options;
        this.ledger = ledger;
    }

    /**
     * What to make.
     *
     * @param number of the attempt; it is the seed as well
     * @param base whose failure is shown to the model; empty for a fresh draft
     */
    record Order(int number, Kind kind, Optional<Candidate> base) {}

    Candidate make(Task task, Trial trial, Order order) {
        double begun = ledger.seconds();
        ledger.step(
                State.DRAFT,
                order.number(),
                switch (order.kind()) {
                    case FIRST -> "asks for the likeliest draft";
                    case RESAMPLE -> "asks for another draft";
                    case REPAIR ->
                        "shows the model what is wrong with attempt "
                                + order.base().map(b -> b.attempt().number()).orElse(0);
                });
        Draft draft = draft(task, order);
        ledger.spend(draft);
        Analysis analysis = analyst.extract(draft.text(), task.request().stub(), task.entryPoint());
        Candidate candidate = judged(task, trial, new Made(order, draft, begun), analysis);
        Attempt attempt = candidate.attempt();
        ledger.step(
                attempt.stage().compareTo(Stage.INCOMPLETE) <= 0 ? State.CHECK : State.TEST,
                order.number(),
                attempt.reason());
        return candidate;
    }

    private Draft draft(Task task, Order order) {
        CodeRequest request = task.request();
        List<ChatMessage> conversation = order.base()
                .map(base -> prompts.repair(request, base.attempt().code(), base.evidence()))
                .orElseGet(() -> prompts.draft(request));
        boolean first = order.kind() == Kind.FIRST;
        Draw draw = new Draw(
                first ? 0 : options.temperature(),
                first ? 0 : order.number(),
                Math.clamp(ledger.tokensLeft(), 1, options.draftTokens()));
        if (!request.after().isBlank() && model.fills() && order.base().isEmpty()) {
            Draft middle = model.filled(Prompts.before(request), request.after(), draw);
            return worded(request.stub() + middle.text() + request.after(), middle);
        }
        if (!model.steerable() || !options.steered() || !request.after().isBlank()) {
            Draft reply = model.reply(conversation, draw);
            return new Draft(Family.spoken(reply.text()), reply.promptTokens(), reply.outputTokens(), reply.cutOff());
        }
        String beginning = Prompts.beginning(request);
        Draft rest = model.begun(conversation, beginning, STOP, draw);
        return new Draft(beginning + rest.text() + "\n```\n", rest.promptTokens(), rest.outputTokens(), rest.cutOff());
    }

    private static Draft worded(String module, Draft written) {
        return new Draft(Prompts.block(module), written.promptTokens(), written.outputTokens(), written.cutOff());
    }

    private record Made(Order order, Draft draft, double begun) {}

    private Candidate judged(Task task, Trial trial, Made made, Analysis analysis) {
        if (analysis.code().isEmpty()) {
            return analysis.problem()
                    .map(problem -> candidate(made, analysis.broken(), Stage.SYNTAX_ERROR, Evidence.of(problem)))
                    .orElseGet(() -> candidate(
                            made,
                            "",
                            Stage.NO_CODE,
                            made.draft().cutOff()
                                    ? "The reply was cut off before there was any code."
                                    : "The reply holds no code."));
        }
        String names = Evidence.ofNames(analysis, task.entryPoint());
        boolean defines = task.entryPoint().isEmpty() || analysis.defined().contains(task.entryPoint());
        if (!defines || (!names.isEmpty() && !task.testable())) {
            return candidate(made, analysis.code(), Stage.INCOMPLETE, names);
        }
        if (!task.testable()) {
            return candidate(made, analysis.code(), Stage.UNTESTED, "");
        }
        Trial.Result result = trial.run(analysis.code());
        boolean passing = result.evidence().isEmpty();
        // A name that is never reached is no fault; one that is explains what the tests only show.
        String evidence = passing || names.isEmpty() ? result.evidence() : names;
        return new Candidate(
                attempt(made, analysis.code(), passing ? Stage.PASSING : Stage.FAILING, result.tests(), evidence),
                result.tests(),
                result.verdict(),
                evidence);
    }

    private Candidate candidate(Made made, String code, Stage stage, String evidence) {
        return new Candidate(attempt(made, code, stage, List.of(), evidence), List.of(), Optional.empty(), evidence);
    }

    private Attempt attempt(Made made, String code, Stage stage, List<GivenTest> tests, String evidence) {
        int passed = (int) tests.stream().filter(GivenTest::passed).count();
        String reason = switch (stage) {
            case PASSING -> "passes " + passed + " of " + tests.size() + " given tests";
            case UNTESTED -> "compiles; nothing was given to test it with";
            case NO_CODE, SYNTAX_ERROR, INCOMPLETE, FAILING -> evidence;
        };
        Order order = made.order();
        return new Attempt(
                order.number(),
                order.kind(),
                order.base().map(b -> OptionalInt.of(b.attempt().number())).orElse(OptionalInt.empty()),
                code,
                stage,
                passed,
                tests.size(),
                reason,
                made.draft().promptTokens(),
                made.draft().outputTokens(),
                ledger.seconds() - made.begun());
    }
}
