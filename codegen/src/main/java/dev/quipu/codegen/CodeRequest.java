package dev.quipu.codegen;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is wanted.
 *
 * @param description in words; may hold examples such as {@code f(1) -> 2}
 * @param stub the beginning of a Python module that ends with the function or class to write, with signature and, if there
 *     is one, docstring; empty where the description says all
 * @param after what follows the gap in that module; empty where the module ends with what is written
 * @param examples further examples, in the forms that a description may hold
 * @param tests Python tests that decide: unittest, pytest, plain asserts, or a function {@code check(candidate)}
 * @param context other files of the caller, by name, that the model may look at
 * @param files the code may read while it is tested
 * @param budget what it may cost
 */
public record CodeRequest(
        String description,
        String stub,
        String after,
        String examples,
        String tests,
        Map<String, String> context,
        Map<String, String> files,
        Budget budget) {
    private static final int TEXT_BYTES = 64 << 10;
    private static final int TESTS_BYTES = 1 << 20;

    public CodeRequest {
        context = Map.copyOf(context);
        files = Map.copyOf(files);
        if (description.isBlank() && stub.isBlank()) {
            throw new CodeException(
                    CodeError.REQUEST, "The request says nothing. Describe the code in words, or give a stub.");
        }
        within("description", description, TEXT_BYTES);
        within("stub", stub, TEXT_BYTES);
        within("after", after, TEXT_BYTES);
        within("examples", examples, TEXT_BYTES);
        within("tests", tests, TESTS_BYTES);
        context.forEach((name, text) -> within("context file " + name, text, TEXT_BYTES));
    }

    private static void within(String what, String text, int limit) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > limit) {
            throw new CodeException(
                    CodeError.REQUEST,
                    "The " + what + " has " + bytes + " bytes; at most " + limit + " are read. Shorten it.");
        }
        if (text.indexOf('\0') >= 0
                || text.indexOf('\uFFFD') >= 0
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new CodeException(
                    CodeError.REQUEST,
                    "The " + what + " holds bytes that are no text in UTF-8. Save it as UTF-8 and send it again.");
        }
    }

    /** A request in words. */
    public static CodeRequest of(String description) {
        return builder().description(description).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A request with its defaults. */
    public static final class Builder {
        private final Map<String, String> context = new LinkedHashMap<>();
        private final Map<String, String> files = new LinkedHashMap<>();
        private String description = "";
        private String stub = "";
        private String after = "";
        private String examples = "";
        private String tests = "";
        private Budget budget = Budget.STANDARD;

        private Builder() {}

        public Builder description(String value) {
            description = value;
            return this;
        }

        public Builder stub(String value) {
            stub = value;
            return this;
        }

        public Builder after(String value) {
            after = value;
            return this;
        }

        public Builder examples(String value) {
            examples = value;
            return this;
        }

        public Builder tests(String value) {
            tests = value;
            return this;
        }

        public Builder context(String name, String text) {
            context.put(name, text);
            return this;
        }

        public Builder file(String name, String text) {
            files.put(name, text);
            return this;
        }

        public Builder budget(Budget value) {
            budget = value;
            return this;
        }

        /** @throws CodeException if a part is too big, no text, or nothing is said */
        public CodeRequest build() {
            return new CodeRequest(description, stub, after, examples, tests, context, files, budget);
        }
    }
}
