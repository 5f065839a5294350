package dev.quipu.codegen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.sandbox.Bytes;
import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.SyntaxProblem;
import dev.quipu.sandbox.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads Python and texts about it with CPython's own parser, in the jail: a text that blows the parser up is one more way
 * to be no code. The script that does it is ours; no text is executed by it.
 */
final class Analyst {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One program, in the order in which its parts build on each other. */
    private static final String SCRIPT = Stream.of("code", "examples", "inputs", "main")
            .map(part -> Resource.text("analysis_" + part + ".py"))
            .collect(Collectors.joining("\n\n"));

    private final PythonSandbox sandbox;

    Analyst(PythonSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** What is asked for, by a stub or, without one, by what tests and words call. */
    Signature signature(String stub, String text, String tests) {
        ObjectNode asked =
                operation("signature").put("stub", stub).put("text", text).put("tests", tests);
        JsonNode told = ask(asked).orElse(JSON.createObjectNode());
        if (told.path("entry").asText().isEmpty()) {
            return Signature.NONE;
        }
        return new Signature(
                told.path("entry").asText(),
                told.path("kind").asText().equals("class"),
                texts(told.path("parameters")),
                texts(told.path("annotations")));
    }

    /** Examples in a stub's docstring, a description, and whatever else was given. */
    List<Example> examples(String stub, String text, Signature signature) {
        ObjectNode asked = operation("examples")
                .put("stub", stub)
                .put("text", text)
                .put("entry", signature.entryPoint())
                .set("parameters", JSON.valueToTree(signature.parameters()));
        return ask(asked).map(Analyst::examples).orElse(List.of());
    }

    /** Checks of the form {@code assert f(…) == …} in a reply. */
    List<Example> assertions(String reply, String entryPoint) {
        return ask(operation("assertions").put("reply", reply).put("entry", entryPoint))
                .map(Analyst::examples)
                .orElse(List.of());
    }

    /** Arguments near those of the examples, or by the annotations where there are none. */
    List<String> inputs(List<String> arguments, Signature signature, int count) {
        ObjectNode asked = operation("inputs").put("count", count);
        asked.set("args", JSON.valueToTree(arguments));
        asked.set("annotations", JSON.valueToTree(signature.annotations()));
        return ask(asked).map(told -> texts(told.path("inputs"))).orElse(List.of());
    }

    /** The module in a reply. */
    Analysis extract(String reply, String stub, String entryPoint) {
        ObjectNode asked =
                operation("extract").put("reply", reply).put("stub", stub).put("entry", entryPoint);
        JsonNode told = ask(asked).orElse(JSON.createObjectNode());
        JsonNode fault = told.path("fault");
        Optional<SyntaxProblem> problem = fault.isObject()
                ? Optional.of(new SyntaxProblem(
                        "solution.py",
                        fault.path("line").asInt(),
                        0,
                        fault.path("message").asText(),
                        fault.path("text").asText()))
                : Optional.empty();
        return new Analysis(
                told.path("code").asText(),
                problem,
                fault.path("source").asText(),
                texts(told.path("defined")),
                texts(told.path("undefined")),
                texts(told.path("absent")),
                texts(told.path("imported")));
    }

    /** Names that a source of tests reads and does not define, and where it does not compile. */
    Analysis tests(String source) {
        JsonNode told = ask(operation("names").put("source", source)).orElse(JSON.createObjectNode());
        JsonNode fault = told.path("fault");
        return new Analysis(
                told.path("code").asText(),
                fault.isObject()
                        ? Optional.of(new SyntaxProblem(
                                "test_solution.py",
                                fault.path("line").asInt(),
                                0,
                                fault.path("message").asText(),
                                fault.path("text").asText()))
                        : Optional.empty(),
                "",
                texts(told.path("defined")),
                texts(told.path("undefined")),
                texts(told.path("absent")),
                List.of());
    }

    /** Names that tests import from the code. */
    List<String> imported(String source) {
        return ask(operation("imported").put("source", source))
                .map(told -> texts(told.path("names")))
                .orElse(List.of());
    }

    private static ObjectNode operation(String name) {
        return JSON.createObjectNode().put("operation", name);
    }

    /**
     * @return empty if the text broke the parser
     * @throws CodeException if the jail did not work
     */
    private Optional<JsonNode> ask(ObjectNode operation) {
        Verdict verdict = sandbox.run(Job.script(SCRIPT)
                .stdin(Bytes.of(JSON.createArrayNode().add(operation).toString()))
                .build());
        if (verdict.outcome() == Outcome.OK) {
            try {
                return Optional.of(JSON.readTree(verdict.stdout()).path(0));
            } catch (JsonProcessingException e) {
                throw failed(operation, verdict, e);
            }
        }
        return switch (verdict.outcome()) {
            case SANDBOX_ERROR, CANCELLED -> throw failed(operation, verdict, null);
            default -> Optional.empty();
        };
    }

    private static CodeException failed(
            ObjectNode operation, Verdict verdict, @org.jspecify.annotations.Nullable Exception cause) {
        return new CodeException(
                CodeError.ANALYSIS,
                "The step '" + operation.path("operation").asText() + "' ended with " + verdict.outcome() + " "
                        + verdict.note()
                        + verdict.failure()
                                .map(f -> f.type() + ": " + f.message())
                                .orElse("")
                        + ". Try again; if it stays, see the sandbox's log.",
                cause);
    }

    private static List<Example> examples(JsonNode told) {
        List<Example> examples = new ArrayList<>();
        told.path("examples")
                .forEach(e -> examples.add(new Example(
                        e.path("args").asText(),
                        e.path("expected").asText(),
                        e.path("raises").asText())));
        return examples;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
