package dev.quipu.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.testkit.ScriptedChatModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CodeToolsTest {
    @SuppressWarnings("NullAway.Init")
    private static PythonSandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = PythonSandbox.open();
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void agentsSeeTwoTools() {
        assertThat(ToolSpecifications.toolSpecificationsFrom(CodeTools.class))
                .extracting(ToolSpecification::name)
                .containsExactlyInAnyOrder("run_python", "write_tested_function");
    }

    @Test
    void programTellsWhatItPrints() {
        assertThat(tools().runPython("print(6 * 7)")).isEqualTo("42\n");
    }

    @Test
    void programThatFailsTellsWhy() {
        assertThat(tools().runPython("print(1 / 0)")).contains("RUNTIME_ERROR").contains("ZeroDivisionError");
    }

    @Test
    void functionComesWithItsReport() {
        CodeTools tools = tools("```python\ndef triple(x):\n    return 3 * x\n```");

        assertThat(tools.writeTestedFunction("Write triple(x). triple(2) == 6"))
                .contains("All 1 examples passed")
                .contains("return 3 * x");
    }

    private static CodeTools tools(String... replies) {
        return new CodeTools(
                CodeGenerator.builder(ScriptedChatModel.replying(replies), sandbox)
                        .build(),
                sandbox);
    }
}
