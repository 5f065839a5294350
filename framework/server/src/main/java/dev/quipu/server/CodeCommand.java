package dev.quipu.server;

import dev.quipu.codegen.Budget;
import dev.quipu.codegen.CodeGenerator;
import dev.quipu.codegen.CodeReport;
import dev.quipu.codegen.CodeRequest;
import dev.quipu.codegen.Step;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.server.code.EngineCodeModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Python from a description, tested before it is shown. */
@Command(
        name = "code",
        mixinStandardHelpOptions = true,
        description = "Writes Python, tests it in a sandbox, repairs it, and shows it with its report.")
final class CodeCommand implements Callable<Integer> {
    /** For four drafts at a time, with the request and the evidence before each. */
    private static final int CONTEXT = 8192;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "DESCRIPTION", description = "In words; may hold examples such as f(1) == 2.")
    private String description = "";

    @Option(
            names = "--stub",
            paramLabel = "S.py",
            description = "The beginning of the module: imports, signature, docstring.")
    private @Nullable Path stub;

    @Option(names = "--after", paramLabel = "A.py", description = "What follows the gap in that module.")
    private @Nullable Path after;

    @Option(
            names = "--context",
            paramLabel = "C.py",
            description = "Another file that the model may look at; may be repeated.")
    private List<Path> context = List.of();

    @Option(names = "--examples", paramLabel = "F", description = "Further examples, in words or as >>>.")
    private @Nullable Path examples;

    @Option(names = "--tests", paramLabel = "T.py", description = "Tests that decide: unittest, pytest, or asserts.")
    private @Nullable Path tests;

    @Option(
            names = "--model",
            defaultValue = "qwen2.5-coder-0.5b",
            description = "Catalogue name or GGUF file (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Option(names = "--attempts", defaultValue = "10", description = "Drafts at most (default: ${DEFAULT-VALUE}).")
    private int attempts;

    @Option(names = "--seconds", defaultValue = "300", description = "Time at most (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--html", paramLabel = "R.html", description = "Write the report as a page, too.")
    private @Nullable Path html;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        CodeRequest.Builder asked = CodeRequest.builder()
                .description(description)
                .stub(text(stub))
                .after(text(after))
                .examples(text(examples))
                .tests(text(tests))
                .budget(Budget.STANDARD.withAttempts(attempts).withTime(Duration.ofSeconds(seconds)));
        context.forEach(file -> asked.context(file.getFileName().toString(), text(file)));
        CodeRequest request = asked.build();
        PrintWriter progress = spec.commandLine().getErr();
        try (PythonSandbox sandbox = PythonSandbox.open();
                Engine engine = Engine.load(EngineOptions.builder(ModelFiles.find(model))
                        .contextSize(CONTEXT)
                        .build())) {
            CodeReport report = CodeGenerator.builder(new EngineCodeModel(engine, model, Optional.empty()), sandbox)
                    .build()
                    .generate(request, step -> progress.println(told(step)));
            if (html != null) {
                write(html, report.html());
            }
            spec.commandLine().getOut().println(json ? report.json() : report.markdown());
            return report.passed() || report.status() == CodeReport.Status.UNTESTED ? 0 : 1;
        }
    }

    private static String told(Step step) {
        String about = step.attempt() == 0 ? "" : " " + step.attempt();
        String note = step.note().replaceAll("\\s*\\R\\s*", " ");
        return step.state().name().toLowerCase(java.util.Locale.ROOT) + about + ": " + note;
    }

    private static String text(@Nullable Path file) {
        if (file == null) {
            return "";
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ServerException(ServerError.USAGE, file + " is not UTF-8. Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
