package dev.quipu.server.eval;

import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.RunningJob;
import dev.quipu.sandbox.TestStyle;
import dev.quipu.sandbox.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the judge judges right: the solutions that problems come with have to be verified, and stubs, which return
 * nothing, have to fail. Both run apart from their tests.
 *
 * @param wrong what was judged otherwise, in words
 */
public record ProblemCheck(int problems, int solutionsVerified, int stubsRefused, List<String> wrong) {
    private static final int AT_ONCE = 32;
    private static final String STUB = "    pass\n";

    public ProblemCheck {
        wrong = List.copyOf(wrong);
    }

    public boolean allRight() {
        return wrong.isEmpty() && problems > 0;
    }

    /** Judges all of them, as many side by side as the sandbox runs. */
    public static ProblemCheck of(CodeProblems problems, PythonSandbox sandbox) {
        int verified = 0;
        int refused = 0;
        List<String> wrong = new ArrayList<>();
        for (int from = 0; from < problems.problems().size(); from += AT_ONCE) {
            Map<CodeProblems.Problem, List<RunningJob>> running = new LinkedHashMap<>();
            problems.problems().stream().skip(from).limit(AT_ONCE).forEach(problem -> {
                RunningJob solution = sandbox.submit(job(problem, problem.solution()));
                running.put(problem, List.of(solution, sandbox.submit(job(problem, STUB))));
            });
            for (Map.Entry<CodeProblems.Problem, List<RunningJob>> one : running.entrySet()) {
                Verdict solution = await(one.getValue().getFirst());
                Verdict stub = await(one.getValue().getLast());
                verified += solution.verified() ? 1 : 0;
                refused += stub.outcome().success() ? 0 : 1;
                if (!solution.verified()) {
                    wrong.add(one.getKey().id() + "'s solution: " + solution.outcome() + " " + solution.integrity());
                }
                if (stub.outcome().success()) {
                    wrong.add(one.getKey().id() + "'s stub: " + stub.outcome());
                }
            }
        }
        return new ProblemCheck(problems.problems().size(), verified, refused, wrong);
    }

    private static Job job(CodeProblems.Problem problem, String body) {
        return Job.tests(problem.prompt() + body, problem.test())
                .style(TestStyle.CHECK)
                .entryPoint(problem.entryPoint())
                .build();
    }

    private static Verdict await(RunningJob job) {
        return job.verdict().toCompletableFuture().join();
    }
}
