package dev.quipu.codegen;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.quipu.QuipuException;
import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.Verdict;

/**
 * Python for LangChain4j's agents: give an object of it to {@code AiServices.builder(…).tools(…)}. What goes wrong is told
 * to the agent in words, so that it can react; nothing is thrown.
 */
public final class CodeTools {
    private static final int OUTPUT = 4000;

    private final CodeGenerator generator;
    private final PythonSandbox sandbox;

    public CodeTools(CodeGenerator generator, PythonSandbox sandbox) {
        this.generator = generator;
        this.sandbox = sandbox;
    }

    @Tool(
            name = "run_python",
            value = "Runs a Python program in a sandbox without files and network, and returns what it prints.")
    public String runPython(@P("the program; it has to print its result") String program) {
        try {
            Verdict verdict = sandbox.run(Job.script(program).build());
            String printed = verdict.stdout() + verdict.stderr();
            String told = printed.length() > OUTPUT ? printed.substring(0, OUTPUT) + "…" : printed;
            return verdict.outcome().success() ? told : verdict.outcome() + "\n" + Evidence.of(verdict) + "\n" + told;
        } catch (QuipuException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Tool(
            name = "write_tested_function",
            value = "Writes a Python function that passes the given examples, and returns it with its test report.")
    public String writeTestedFunction(
            @P("what the function does, with its name, parameters, and examples such as f(1) == 2")
                    String description) {
        try {
            return generator.generate(CodeRequest.of(description)).markdown();
        } catch (QuipuException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
