package dev.quipu.server;

import dev.quipu.codegen.Budget;
import dev.quipu.codegen.CodeGenerator;
import dev.quipu.codegen.CodeOptions;
import dev.quipu.codegen.CodeReport;
import dev.quipu.codegen.CodeRequest;
import dev.quipu.codegen.Selection;
import dev.quipu.codegen.Strategy;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.TestStyle;
import dev.quipu.server.code.EngineCodeModel;
import dev.quipu.server.code.Recordings;
import dev.quipu.server.eval.CodeProblems;
import dev.quipu.server.eval.CodeResults;
import dev.quipu.server.eval.EvalError;
import dev.quipu.server.eval.EvalException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Solves programming problems, and counts those whose hidden tests the answer passes. */
@Command(
        name = "code",
        mixinStandardHelpOptions = true,
        description = "Solves problems in HumanEval's format. The hidden tests judge the final answers only.")
final class EvalCodeCommand implements Callable<Integer> {
    private static final int TOKENS_A_SEQUENCE = 1536;

    /** Tokens and attempts are what is compared; a busy machine should not cut a problem short. */
    private static final Budget BUDGET = Budget.STANDARD.withTime(Duration.ofHours(4));

    /** The ways to answer that are compared. */
    enum Arm {
        /** The likeliest reply as it comes. */
        single,
        /** The same, begun in the code for the model. */
        first,
        /** The whole loop, as {@code ./quipu code} uses it. */
        repair,
        /** The loop without repairs: drafts begin anew. */
        resample,
        /** Both in every round. */
        mixed
    }

    @Option(
            names = "--problems",
            required = true,
            paramLabel = "P.jsonl.gz",
            description = "task_id, prompt, entry_point, test.")
    @SuppressWarnings("NullAway.Init")
    private Path problems;

    @Option(
            names = "--model",
            defaultValue = "qwen2.5-coder-0.5b",
            description = "Catalogue name or GGUF file (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Option(
            names = "--arm",
            defaultValue = "repair",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Arm arm = Arm.repair;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "O.jsonl",
            description = "Where answers go; those that are there are kept.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--limit", defaultValue = "2147483647", description = "At most this many problems.")
    private int limit;

    @Option(
            names = "--parallel",
            defaultValue = "4",
            description = "Problems worked on side by side (default: ${DEFAULT-VALUE}).")
    private int parallel;

    @Option(
            names = "--select",
            paramLabel = "BY",
            description = "Which of equal drafts is taken: ${COMPLETION-CANDIDATES} (default: the loop's own).")
    private @Nullable Selection selection;

    @Option(
            names = "--recordings",
            paramLabel = "R.jsonl",
            description = "Drafts of this model to read again, and to add to.")
    private @Nullable Path recorded;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        if (parallel < 1 || parallel > 64) {
            throw new ServerException(ServerError.USAGE, "--parallel is " + parallel + ", but has to be from 1 to 64.");
        }
        List<CodeProblems.Problem> asked = CodeProblems.read(problems, limit).problems();
        int sequences = Math.min(8, Math.max(4, parallel));
        EngineOptions options = EngineOptions.builder(ModelFiles.find(model))
                .sequences(sequences)
                .contextSize(sequences * TOKENS_A_SEQUENCE)
                .build();
        Optional<Recordings> drafts = Optional.ofNullable(recorded).map(Recordings::open);
        try (CodeResults results = CodeResults.resume(out);
                PythonSandbox sandbox = PythonSandbox.open();
                Engine engine = Engine.load(options);
                ExecutorService threads = Executors.newFixedThreadPool(
                        parallel, Thread.ofVirtual().factory())) {
            CodeGenerator generator = CodeGenerator.builder(new EngineCodeModel(engine, model, drafts), sandbox)
                    .options(loop())
                    .build();
            List<Future<?>> running = asked.stream()
                    .filter(p -> !results.has(p.id()))
                    .<Future<?>>map(p -> threads.submit(() -> solve(generator, sandbox, p, results)))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
            System.out.println(json ? results.json() : results.summary());
            return 0;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new EvalException(EvalError.IO, "A problem could not be worked on: " + e.getCause() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EvalException(EvalError.IO, "The run was interrupted; start it again to go on.", e);
        } finally {
            drafts.ifPresent(Recordings::close);
        }
    }

    private CodeOptions loop() {
        CodeOptions options = options();
        return selection == null ? options : options.withSelection(selection);
    }

    private CodeOptions options() {
        return switch (arm) {
            case single -> CodeOptions.SINGLE_DRAFT;
            case first -> CodeOptions.SINGLE_DRAFT.withSteered(true);
            case repair -> CodeOptions.STANDARD;
            case resample -> CodeOptions.STANDARD.withStrategy(Strategy.RESAMPLE);
            case mixed -> CodeOptions.STANDARD.withStrategy(Strategy.MIXED);
        };
    }

    private static void solve(
            CodeGenerator generator, PythonSandbox sandbox, CodeProblems.Problem problem, CodeResults results) {
        CodeReport report = generator.generate(
                CodeRequest.builder().stub(problem.prompt()).budget(BUDGET).build());
        boolean passed = !report.code().isEmpty()
                && sandbox.run(Job.tests(report.code(), problem.test())
                                        .style(TestStyle.CHECK)
                                        .entryPoint(problem.entryPoint())
                                        .build())
                                .outcome()
                        == Outcome.PASSED;
        results.add(problem.id(), report, passed);
        System.err.println(problem.id() + " " + (passed ? "passed" : "failed") + ", "
                + report.attempts().size() + " attempts, " + report.status());
    }
}
