package dev.quipu.codegen;

import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.SyntaxProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a request: the name that is asked for, its examples, and whether its tests can prove anything. */
final class TaskReader {
    private final PythonSandbox sandbox;
    private final Analyst analyst;

    TaskReader(PythonSandbox sandbox, Analyst analyst) {
        this.sandbox = sandbox;
        this.analyst = analyst;
    }

    /** @throws CodeException if the tests do not compile */
    Task read(CodeRequest request) {
        List<String> notes = new ArrayList<>();
        Analysis tests = request.tests().isBlank() ? nothing() : analyst.tests(request.tests());
        tests.problem().ifPresent(TaskReader::refuse);
        String words = request.description() + "\n" + request.examples();
        Signature signature = analyst.signature(request.stub(), words, request.tests());
        List<Example> examples = signature.entryPoint().isEmpty() || signature.isClass()
                ? List.of()
                : analyst.examples(request.stub(), words, signature);
        String source = request.tests().isBlank() ? "" : importing(request.tests(), tests, notes);
        if (!source.isEmpty() && provesNothing(source, signature, tests)) {
            notes.add("The given tests pass on a module whose functions do nothing, so they prove nothing and are left"
                    + " out.");
            source = "";
        }
        if (source.isEmpty() && examples.isEmpty()) {
            notes.add("Nothing was given to test the code with. Add examples such as f(1) == 2, or tests.");
        }
        return new Task(request, signature, examples, source, notes);
    }

    private static Analysis nothing() {
        return new Analysis("", Optional.empty(), "", List.of(), List.of(), List.of(), List.of());
    }

    private static void refuse(SyntaxProblem problem) {
        throw new CodeException(
                CodeError.TESTS,
                "The given tests do not compile: line " + problem.line() + ", " + problem.message() + " in '"
                        + problem.text().strip() + "'. Correct them and ask again.");
    }

    /** Tests often call what they test without importing it; what they lack comes from the code. */
    private static String importing(String source, Analysis tests, List<String> notes) {
        Set<String> lacking = new LinkedHashSet<>(tests.undefined());
        lacking.removeIf(name -> name.equals("candidate"));
        boolean imports = tests.absent().contains("solution") || source.contains("import solution");
        if (lacking.isEmpty() || imports || source.contains("from solution import")) {
            return source;
        }
        notes.add("The given tests import nothing; " + String.join(", ", lacking) + " was taken from the code.");
        return "from solution import " + String.join(", ", lacking) + "\n" + source;
    }

    private boolean provesNothing(String source, Signature signature, Analysis tests) {
        Set<String> names = new LinkedHashSet<>(tests.undefined());
        names.addAll(analyst.imported(source));
        if (!signature.entryPoint().isEmpty()) {
            names.add(signature.entryPoint());
        }
        StringBuilder stub = new StringBuilder();
        names.forEach(name -> stub.append("def ").append(name).append("(*_, **__):\n    return None\n\n"));
        return sandbox.run(Job.tests(stub.append("pass\n").toString(), source)
                                .entryPoint(signature.entryPoint())
                                .build())
                        .outcome()
                == Outcome.PASSED;
    }
}
