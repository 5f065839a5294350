package dev.quipu.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What to run, and within which limits.
 *
 * <p>Which tests are expected is no part of a job: the sandbox reads it from the source of the tests, so that a test that
 * does not report is never taken for one that passed.
 *
 * @param id names the job in its verdict
 * @param mode what is done with the code
 * @param code the untrusted source; tests import it as {@link #module}
 * @param tests the source of the tests; empty for scripts, and for doctests that stand in the code
 * @param style how the tests are written
 * @param entryPoint the function that a {@link TestStyle#CHECK} test is given; empty otherwise
 * @param module the name by which tests import the code
 * @param files read by the code from its working folder, by name or relative path
 * @param outputs names of files to return, as far as the code has written them; more than 48 MiB of them end the job as
 *     {@link Outcome#OUTPUT_LIMIT}
 * @param stdin standard input
 * @param coverage whether to report which lines of the code ran
 * @param limits what the job may use
 */
public record Job(
        String id,
        Mode mode,
        String code,
        String tests,
        TestStyle style,
        String entryPoint,
        String module,
        Map<String, Bytes> files,
        List<String> outputs,
        Bytes stdin,
        boolean coverage,
        Limits limits) {
    public Job {
        files = Map.copyOf(files);
        outputs = List.copyOf(outputs);
        JobCheck.require(id, code, tests, entryPoint, module, files, outputs, stdin, limits);
    }

    /** A program. */
    public static Builder script(String code) {
        return new Builder(Mode.SCRIPT, code, "");
    }

    /** Code and its tests, apart from each other. */
    public static Builder tests(String code, String tests) {
        return new Builder(Mode.TESTS_SPLIT, code, tests);
    }

    /** Code that is only compiled. */
    public static Builder syntax(String code) {
        return new Builder(Mode.SYNTAX_ONLY, code, "");
    }

    /** A job with its defaults. */
    public static final class Builder {
        private final String code;
        private final String tests;
        private final Map<String, Bytes> files = new LinkedHashMap<>();
        private final List<String> outputs = new ArrayList<>();
        private Mode mode;
        private String id = "";
        private TestStyle style = TestStyle.AUTO;
        private String entryPoint = "";
        private String module = "solution";
        private Bytes stdin = Bytes.NONE;
        private boolean coverage;
        private Limits limits = Limits.DEFAULT;

        private Builder(Mode mode, String code, String tests) {
            this.mode = mode;
            this.code = code;
            this.tests = tests;
        }

        public Builder mode(Mode value) {
            mode = value;
            return this;
        }

        /** By default a random name. */
        public Builder id(String value) {
            id = value;
            return this;
        }

        public Builder style(TestStyle value) {
            style = value;
            return this;
        }

        public Builder entryPoint(String value) {
            entryPoint = value;
            return this;
        }

        public Builder module(String value) {
            module = value;
            return this;
        }

        public Builder file(String name, Bytes content) {
            files.put(name, content);
            return this;
        }

        public Builder output(String name) {
            outputs.add(name);
            return this;
        }

        public Builder stdin(Bytes value) {
            stdin = value;
            return this;
        }

        public Builder coverage(boolean value) {
            coverage = value;
            return this;
        }

        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        /** @throws SandboxException if a part is too big or a name is not usable */
        public Job build() {
            String name = id.isEmpty() ? UUID.randomUUID().toString() : id;
            return new Job(name, mode, code, tests, style, entryPoint, module, files, outputs, stdin, coverage, limits);
        }
    }
}
