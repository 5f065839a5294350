package dev.quipu.codegen;

import dev.langchain4j.model.chat.ChatModel;
import dev.quipu.sandbox.PythonSandbox;
import java.time.Clock;
import java.util.Optional;

/**
 * Writes Python and tests it before it hands it over.
 *
 * <p>Thread-safe. Calls block until the report is there; they are made for virtual threads, and an interrupt ends them.
 * The model and the sandbox stay the caller's to close.
 *
 * <pre>{@code
 * CodeGenerator generator = CodeGenerator.builder(model, sandbox).build();
 * CodeReport report = generator.generate(CodeRequest.of("Write vowels(text). vowels('hello') == 2"));
 * }</pre>
 */
public final class CodeGenerator {
    private final CodeModel model;
    private final PythonSandbox sandbox;
    private final CodeOptions options;
    private final Clock clock;

    private CodeGenerator(Builder builder) {
        this.model = builder.model;
        this.sandbox = builder.sandbox;
        this.options = builder.options;
        this.clock = builder.clock.orElseGet(Clock::systemUTC);
    }

    /**
     * The code, and how far it can be trusted.
     *
     * @throws CodeException if the request cannot be worked on, or the model fails at its first draft
     * @throws dev.quipu.sandbox.SandboxException if the sandbox does not work
     */
    public CodeReport generate(CodeRequest request) {
        return generate(request, CodeListener.NONE);
    }

    /** The same, told step by step. */
    public CodeReport generate(CodeRequest request, CodeListener listener) {
        return new Loop(model, sandbox, options, new Ledger(clock, request.budget(), listener)).run(request);
    }

    public static Builder builder(CodeModel model, PythonSandbox sandbox) {
        return new Builder(model, sandbox);
    }

    /** With a chat model that draws differently each time; see {@link CodeModel#of}. */
    public static Builder builder(ChatModel model, PythonSandbox sandbox) {
        return new Builder(CodeModel.of("model", model), sandbox);
    }

    /** A generator with its defaults. */
    public static final class Builder {
        private final CodeModel model;
        private final PythonSandbox sandbox;
        private CodeOptions options = CodeOptions.STANDARD;
        private Optional<Clock> clock = Optional.empty();

        private Builder(CodeModel model, PythonSandbox sandbox) {
            this.model = model;
            this.sandbox = sandbox;
        }

        public Builder options(CodeOptions value) {
            options = value;
            return this;
        }

        /** The clock of the budget and the trace. */
        public Builder clock(Clock value) {
            clock = Optional.of(value);
            return this;
        }

        public CodeGenerator build() {
            return new CodeGenerator(this);
        }
    }
}
