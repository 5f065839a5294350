package dev.quipu.sandbox.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Limits;
import dev.quipu.sandbox.Mode;
import dev.quipu.sandbox.TestStyle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** A job as the supervisor reads it: one part for each jail, so that the code's jail never sees the tests. */
final class JobMessage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double SECOND = 1e9;

    private JobMessage() {}

    /** @param pytest where the system's pytest lies, if anywhere */
    static JsonNode of(long number, Job job, Mode mode, List<Path> pytest) {
        ObjectNode message = JSON.createObjectNode();
        message.put("id", number).put("mode", name(mode));
        message.set("limits", limits(job.limits()));
        ObjectNode common = message.putObject("common");
        common.put("module", job.module())
                .put("coverage", job.coverage())
                .put("perTest", seconds(job.limits().perTest()));
        common.set(
                "pytest", JSON.valueToTree(pytest.stream().map(Path::toString).toList()));
        ObjectNode parts = message.putObject("parts");
        switch (mode) {
            case SCRIPT -> files(code(parts.putObject("script"), job), job);
            case SYNTAX_ONLY -> code(parts.putObject("syntax"), job);
            case TESTS_IN_PROCESS -> tests(files(code(parts.putObject("both"), job), job), job);
            case TESTS_SPLIT -> {
                files(code(parts.putObject("code"), job), job);
                ObjectNode part = tests(files(parts.putObject("tests"), job), job);
                // Doctests stand in the code; the jail of the tests reads them there and does not run it.
                part.put("code", job.style() == TestStyle.DOCTEST ? job.code() : "");
            }
        }
        return message;
    }

    private static String name(Mode mode) {
        return switch (mode) {
            case SCRIPT -> "script";
            case SYNTAX_ONLY -> "syntax";
            case TESTS_IN_PROCESS -> "tests";
            case TESTS_SPLIT -> "split";
        };
    }

    private static ObjectNode code(ObjectNode part, Job job) {
        return part.put("code", job.code());
    }

    private static ObjectNode tests(ObjectNode part, Job job) {
        return part.put("tests", job.tests()).put("style", job.style().name()).put("entry", job.entryPoint());
    }

    private static ObjectNode files(ObjectNode part, Job job) {
        ObjectNode files = part.putObject("files");
        job.files()
                .forEach((name, content) -> files.put(name, Base64.getEncoder().encodeToString(content.toArray())));
        part.put("stdin", Base64.getEncoder().encodeToString(job.stdin().toArray()));
        part.set("outputs", JSON.valueToTree(job.outputs()));
        return part;
    }

    /** Also what the pool is told of the usual jail. */
    static ObjectNode limits(Limits limits) {
        return JSON.createObjectNode()
                .put("wall", seconds(limits.wall()))
                .put("cpu", (long) Math.ceil(seconds(limits.cpu())))
                .put("memory", limits.memoryBytes())
                .put("stack", limits.stackBytes())
                .put("file", limits.fileBytes())
                .put("tmp", limits.tmpBytes())
                .put("inodes", limits.tmpInodes())
                .put("output", limits.outputBytes())
                .put("openFiles", limits.openFiles())
                .put("threads", limits.threads());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / SECOND;
    }
}
