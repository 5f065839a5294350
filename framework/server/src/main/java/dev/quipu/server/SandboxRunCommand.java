package dev.quipu.server;

import dev.quipu.sandbox.Bytes;
import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Limits;
import dev.quipu.sandbox.Mode;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.RunningJob;
import dev.quipu.sandbox.SandboxBusyException;
import dev.quipu.sandbox.SandboxOptions;
import dev.quipu.sandbox.Verdict;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs files in the sandbox and tells the verdicts, in the order of the files. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs Python files as programs, or as solutions that tests import as 'solution'.")
final class SandboxRunCommand implements Callable<Integer> {
    private static final int AHEAD = 64;

    @Parameters(paramLabel = "FILE.py", arity = "1..*", description = "What to run; each file is a job of its own.")
    private List<Path> files = List.of();

    @Option(names = "--tests", paramLabel = "T.py", description = "Tests that each file has to pass.")
    private Optional<Path> tests = Optional.empty();

    @Option(
            names = "--mode",
            paramLabel = "split|in-process",
            defaultValue = "split",
            description = "Whether tests run apart from the code, so that it cannot forge them (default: split).")
    private String mode = "split";

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "",
            description = "warm, bubblewrap or landlock (default: the first that works).")
    private String backend = "";

    @Option(names = "--entry-point", paramLabel = "NAME", defaultValue = "", description = "For check(candidate).")
    private String entryPoint = "";

    @Option(names = "--stdin", paramLabel = "F", description = "A file that becomes standard input.")
    private Optional<Path> stdin = Optional.empty();

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10", description = "For each file.")
    private double timeout = 10;

    @Option(names = "--memory", paramLabel = "MIB", defaultValue = "256", description = "Address space of a jail.")
    private long memory = 256;

    @Option(names = "--coverage", description = "Tells which lines ran.")
    private boolean coverage;

    @Option(names = "--json", description = "One verdict a line.")
    private boolean json;

    @Override
    public Integer call() {
        Mode chosen = switch (mode) {
            case "split" -> Mode.TESTS_SPLIT;
            case "in-process" -> Mode.TESTS_IN_PROCESS;
            default ->
                throw new ServerException(ServerError.USAGE, "--mode is '" + mode + "'. Choose split or in-process.");
        };
        String source = tests.map(SandboxRunCommand::text).orElse("");
        Limits limits = limits();
        boolean allWell = true;
        Deque<RunningJob> running = new ArrayDeque<>();
        try (PythonSandbox sandbox =
                PythonSandbox.open(SandboxOptions.builder().backend(backend).build())) {
            for (Path file : files) {
                if (running.size() >= AHEAD) {
                    allWell &= tell(running.remove());
                }
                running.add(submit(sandbox, job(file, source, chosen, limits), running));
            }
            while (!running.isEmpty()) {
                allWell &= tell(running.remove());
            }
        }
        return allWell ? 0 : 1;
    }

    private RunningJob submit(PythonSandbox sandbox, Job job, Deque<RunningJob> running) {
        while (true) {
            try {
                return sandbox.submit(job);
            } catch (SandboxBusyException e) {
                if (running.isEmpty()) {
                    throw e;
                }
                running.getFirst().verdict().toCompletableFuture().join();
            }
        }
    }

    private Limits limits() {
        Duration wall = Duration.ofNanos((long) (timeout * 1e9));
        return Limits.DEFAULT
                .withWall(wall)
                .withCpu(wall.compareTo(Limits.DEFAULT.cpu()) > 0 ? wall : Limits.DEFAULT.cpu())
                .withMemoryBytes(memory << 20);
    }

    private Job job(Path file, String source, Mode chosen, Limits limits) {
        String code = text(file);
        Job.Builder job = tests.isPresent() ? Job.tests(code, source).mode(chosen) : Job.script(code);
        stdin.ifPresent(input -> job.stdin(Bytes.of(bytes(input))));
        return job.id(file.toString())
                .entryPoint(entryPoint)
                .coverage(coverage)
                .limits(limits)
                .build();
    }

    private boolean tell(RunningJob job) {
        Verdict verdict = job.verdict().toCompletableFuture().join();
        System.out.println(json ? VerdictText.json(verdict) : VerdictText.plain(verdict));
        return verdict.outcome().success();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ServerException(ServerError.USAGE, file + " is not UTF-8. Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
