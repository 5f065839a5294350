package dev.quipu.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.quipu.codegen.CodeReport.Status;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.testkit.ScriptedChatModel;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How models of different kinds are asked for a draft. */
class DraftingTest {
    private static final CodeRequest GAP = CodeRequest.builder()
            .description("All areas are in square metres.")
            .stub("import math\n\n\ndef circle(radius: float) -> float:\n    \"\"\"circle(1) == 3.14\"\"\"\n")
            .after("\n\ndef square(side: float) -> float:\n    return side * side\n")
            .context("shapes.py", "UNIT = 'm2'\n")
            .build();

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
    void letsAModelThatCanFillTheGap() {
        Filler model = new Filler("    return round(math.pi * radius**2, 2)\n");

        CodeReport report = CodeGenerator.builder(model, sandbox).build().generate(GAP);

        assertThat(report.status()).isEqualTo(Status.EXAMPLES_PASSED);
        assertThat(report.code()).contains("math.pi").contains("def square");
        assertThat(model.before)
                .startsWith("# shapes.py\nUNIT = 'm2'\n\n# All areas are in square metres.\nimport math")
                .endsWith("\"\"\"\n");
        assertThat(model.after).isEqualTo(GAP.after());
    }

    @Test
    void showsTheGapToAModelThatOnlyTalks() {
        ScriptedChatModel model = ScriptedChatModel.replying(
                "```python\ndef circle(radius):\n    return 3.14 * radius**2\n\n\ndef square(side):\n    return side * side\n```");

        CodeReport report = CodeGenerator.builder(model, sandbox).build().generate(GAP);

        assertThat(report.status()).isEqualTo(Status.EXAMPLES_PASSED);
        assertThat(model.requests().getFirst().messages().getLast().toString())
                .contains("# Write what belongs here.\ndef square");
    }

    @Test
    void takesNoCodeFromThoughts() {
        ScriptedChatModel model =
                ScriptedChatModel.replying("<think>\n```python\ndef double(x):\n    return x\n```\nNo.</think>\n"
                        + "```python\ndef double(x):\n    return 2 * x\n```");

        CodeReport report = CodeGenerator.builder(model, sandbox)
                .build()
                .generate(CodeRequest.of("Write double(x). double(3) == 6"));

        assertThat(report.attempts()).hasSize(1);
        assertThat(report.code()).contains("2 * x");
    }

    @Test
    void takesNothingFromAModelThatThinksToItsEnd() {
        assertThat(Family.spoken("<think>\n```python\nx = 1\n```")).isEmpty();
        assertThat(Family.spoken("x</think>y")).isEqualTo("y");
        assertThat(Family.spoken("plain")).isEqualTo("plain");
    }

    @Test
    void asksEachFamilyAsItWasTrained() {
        CodeRequest request = CodeRequest.of("Write double(x).");

        List<ChatMessage> thinker = new Prompts(Family.of("Qwen3-4B")).draft(request);
        List<ChatMessage> reasoner = new Prompts(Family.of("deepseek-r1-distill")).draft(request);
        List<ChatMessage> coder = new Prompts(Family.of("qwen2.5-coder-0.5b")).draft(request);

        assertThat(thinker.getLast().toString()).contains("/no_think");
        assertThat(reasoner).noneMatch(SystemMessage.class::isInstance);
        assertThat(coder).first().isInstanceOf(SystemMessage.class);
        assertThat(coder.toString()).doesNotContain("/no_think");
    }

    /** Fills every gap alike, and remembers between what. */
    private static final class Filler implements CodeModel {
        private final String middle;
        private String before = "";
        private String after = "";

        Filler(String middle) {
            this.middle = middle;
        }

        @Override
        public String name() {
            return "filler";
        }

        @Override
        public Draft reply(List<ChatMessage> conversation, Draw draw) {
            return new Draft("", 0, 1, false);
        }

        @Override
        public boolean fills() {
            return true;
        }

        @Override
        public Draft filled(String before, String after, Draw draw) {
            this.before = before;
            this.after = after;
            return new Draft(middle, 1, 1, false);
        }
    }
}
