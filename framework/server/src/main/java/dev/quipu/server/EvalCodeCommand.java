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
import dev.quipu.server.eval.ProblemCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final int VOTERS = 3;
    private static final int MOST_ATTEMPTS = 64;

    /** Tokens and attempts are what is compared; a busy machine should not cut a problem short. */
    private static final Budget BUDGET = Budget.STANDARD.withTime(Duration.ofHours(4));

    /** The ways to answer that are compared. */
    enum Arm {
        /** The likeliest reply as it comes. */
        single,
        /** The same, begun in the code for the model. */
        first,
        /** The loop as {@code ./quipu code} uses it: drafts begin anew until one passes the examples. */
        resample,
        /** Instead, a failing draft goes back to the model with what it fails. */
        repair,
        /** Some of both in every round. */
        mixed,
        /** Three passing drafts are wanted, and the one that most of them agree with is taken. */
        agreement,
        /** The same, with tests that the model writes for itself as a further voter. */
        generated
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
            split = ",",
            defaultValue = "resample",
            description = "One or several, of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Arm> arms = List.of(Arm.resample);

    @Option(
            names = "--out",
            paramLabel = "O.jsonl",
            description =
                    "Where answers go; those that are there are kept. Of several arms each has a file of its own.")
    private @Nullable Path out;

    @Option(
            names = "--check",
            description = "Instead: judge the solutions that the problems come with, and stubs; needs no model.")
    private boolean check;

    @Option(names = "--every", defaultValue = "1", description = "Every so many problems one, from the first on.")
    private int every;

    @Option(
            names = "--tokens",
            defaultValue = "0",
            description = "Tokens an arm may write for a problem, with as many drafts as they are enough for"
                    + " (default: the loop's own budget).")
    private int tokens;

    @Option(names = "--limit", defaultValue = "2147483647", description = "At most this many problems.")
    private int limit;

    @Option(
            names = "--parallel",
            defaultValue = "4",
            description = "Problems worked on side by side (default: ${DEFAULT-VALUE}).")
    private int parallel;

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
        if (every < 1) {
            throw new ServerException(ServerError.USAGE, "--every is " + every + ", but has to be 1 or more.");
        }
        CodeProblems read = CodeProblems.read(problems, Integer.MAX_VALUE).every(every);
        List<CodeProblems.Problem> asked = read.problems().stream().limit(limit).toList();
        if (check) {
            return checked(new CodeProblems(asked));
        }
        if (out == null) {
            throw new ServerException(ServerError.USAGE, "--out is missing. Name the file that answers go to.");
        }
        return answered(asked, out);
    }

    /** Every problem by every arm; the table of the arms comes at the end. */
    private int answered(List<CodeProblems.Problem> asked, Path file) {
        int sequences = Math.min(8, Math.max(4, parallel));
        EngineOptions options = EngineOptions.builder(ModelFiles.find(model))
                .sequences(sequences)
                .contextSize(sequences * TOKENS_A_SEQUENCE)
                .build();
        Optional<Recordings> drafts = Optional.ofNullable(recorded).map(Recordings::open);
        try (PythonSandbox sandbox = PythonSandbox.open();
                Engine engine = Engine.load(options)) {
            Map<String, CodeResults> table = new LinkedHashMap<>();
            for (Arm arm : arms) {
                CodeGenerator generator = CodeGenerator.builder(new EngineCodeModel(engine, model, drafts), sandbox)
                        .options(options(arm))
                        .build();
                table.put(arm.name(), answered(asked, file(file, arm), generator, sandbox));
            }
            System.out.println(json ? CodeResults.json(table) : CodeResults.table(table));
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

    private CodeResults answered(
            List<CodeProblems.Problem> asked, Path file, CodeGenerator generator, PythonSandbox sandbox)
            throws ExecutionException, InterruptedException {
        Budget budget = tokens > 0 ? BUDGET.withTokens(tokens).withAttempts(MOST_ATTEMPTS) : BUDGET;
        try (CodeResults results = CodeResults.resume(file);
                ExecutorService threads = Executors.newFixedThreadPool(
                        parallel, Thread.ofVirtual().factory())) {
            List<Future<?>> running = asked.stream()
                    .filter(p -> !results.has(p.id()))
                    .<Future<?>>map(p -> threads.submit(() -> solve(generator, sandbox, p, budget, results)))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
            return results;
        }
    }

    private Path file(Path named, Arm arm) {
        String name = String.valueOf(named.getFileName());
        int dot = name.lastIndexOf('.');
        return arms.size() == 1
                ? named
                : named.resolveSibling(
                        dot < 0 ? name + "-" + arm : name.substring(0, dot) + "-" + arm + name.substring(dot));
    }

    private int checked(CodeProblems asked) {
        try (PythonSandbox sandbox = PythonSandbox.open()) {
            ProblemCheck found = ProblemCheck.of(asked, sandbox);
            found.wrong().forEach(System.err::println);
            System.out.println(
                    json
                            ? Json.create()
                                    .set(
                                            "metrics",
                                            Json.create()
                                                    .put("eval.code.problems", found.problems())
                                                    .put("eval.code.solutions_verified", found.solutionsVerified())
                                                    .put("eval.code.stubs_refused", found.stubsRefused()))
                            : found.problems() + " problems: " + found.solutionsVerified() + " solutions verified, "
                                    + found.stubsRefused() + " stubs refused");
            return found.allRight() ? 0 : 1;
        }
    }

    private static CodeOptions options(Arm arm) {
        return switch (arm) {
            case single -> CodeOptions.SINGLE_DRAFT;
            case first -> CodeOptions.SINGLE_DRAFT.withSteered(true);
            case resample -> CodeOptions.STANDARD.withStrategy(Strategy.RESAMPLE);
            case repair -> CodeOptions.STANDARD.withStrategy(Strategy.REPAIR);
            case mixed -> CodeOptions.STANDARD.withStrategy(Strategy.MIXED);
            case agreement -> CodeOptions.STANDARD.withEnough(VOTERS);
            case generated -> CodeOptions.STANDARD.withEnough(VOTERS).withSelection(Selection.GENERATED_TESTS);
        };
    }

    private static void solve(
            CodeGenerator generator,
            PythonSandbox sandbox,
            CodeProblems.Problem problem,
            Budget budget,
            CodeResults results) {
        CodeReport report = generator.generate(
                CodeRequest.builder().stub(problem.prompt()).budget(budget).build());
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
