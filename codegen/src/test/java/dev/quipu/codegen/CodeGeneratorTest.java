package dev.quipu.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.codegen.Attempt.Kind;
import dev.quipu.codegen.Attempt.Stage;
import dev.quipu.codegen.CodeReport.Status;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.testkit.ScriptedChatModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The loop's logic, so the model is scripted; Python and its jail are real. */
class CodeGeneratorTest {
    private static final String RIGHT = "```python\ndef double(x):\n    return 2 * x\n```";
    private static final String WRONG = "```python\ndef double(x):\n    return x + 1\n```";
    private static final String TASK = "Write double(x). double(3) == 6 and double(5) == 10";

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
    void acceptsTheFirstDraftThatPassesTheExamples() {
        ScriptedChatModel model = ScriptedChatModel.replying(RIGHT);

        CodeReport report = generator(model, CodeOptions.STANDARD).generate(CodeRequest.of(TASK));

        assertThat(report.status()).isEqualTo(Status.EXAMPLES_PASSED);
        assertThat(report.entryPoint()).isEqualTo("double");
        assertThat(report.code()).contains("return 2 * x");
        assertThat(report.tests()).hasSize(2).allMatch(GivenTest::passed);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void showsTheModelInputExpectedAndGotWhenADraftFails() {
        ScriptedChatModel model = ScriptedChatModel.replying(WRONG, RIGHT);

        CodeReport report = generator(
                        model,
                        CodeOptions.STANDARD.withStrategy(Strategy.REPAIR).withParallel(1))
                .generate(CodeRequest.of(TASK));

        assertThat(report.attempts()).extracting(Attempt::kind).containsExactly(Kind.FIRST, Kind.REPAIR);
        assertThat(model.requests().get(1).messages().toString())
                .contains("double(3) returned 4 but should return 6")
                .contains("return x + 1");
        assertThat(report.status()).isEqualTo(Status.EXAMPLES_PASSED);
        assertThat(report.chosen()).isEqualTo(2);
    }

    @Test
    void beginsAnewWithoutTheFailureWhenItResamples() {
        ScriptedChatModel model = ScriptedChatModel.replying(WRONG, RIGHT);

        CodeReport report = generator(
                        model,
                        CodeOptions.STANDARD.withStrategy(Strategy.RESAMPLE).withParallel(1))
                .generate(CodeRequest.of(TASK));

        assertThat(report.attempts()).extracting(Attempt::kind).containsExactly(Kind.FIRST, Kind.RESAMPLE);
        assertThat(model.requests().get(1).messages())
                .isEqualTo(model.requests().get(0).messages());
        assertThat(report.passed()).isTrue();
    }

    @Test
    void callersTestsVerifyWhatTheCodeCannotForge() {
        CodeRequest request = CodeRequest.builder()
                .description("Write double.")
                .tests("from solution import double\n\ndef test_two():\n    assert double(2) == 4\n")
                .build();

        CodeReport report = generator(ScriptedChatModel.replying(RIGHT), CodeOptions.STANDARD)
                .generate(request);

        assertThat(report.status()).isEqualTo(Status.VERIFIED);
        assertThat(report.verdict().orElseThrow().verified()).isTrue();
        assertThat(report.tests()).extracting(GivenTest::origin).containsOnly(GivenTest.Origin.CALLER);
    }

    @Test
    void callersTestsRuleOverExamplesWhenTheTwoDisagree() {
        CodeRequest request = CodeRequest.builder()
                .description("Write double(x). double(3) == 4")
                .tests("from solution import double\n\ndef test_two():\n    assert double(3) == 6\n")
                .budget(Budget.STANDARD.withAttempts(2))
                .build();

        CodeReport report = generator(ScriptedChatModel.replying(WRONG, RIGHT), CodeOptions.STANDARD.withParallel(1))
                .generate(request);

        assertThat(report.code()).contains("2 * x");
        assertThat(report.status()).isEqualTo(Status.FAILING);
    }

    @Test
    void testsThatImportNothingGetTheNameFromTheCode() {
        CodeRequest request = CodeRequest.builder()
                .description("Write double.")
                .tests("assert double(2) == 4\nassert double(0) == 0\n")
                .build();

        CodeReport report = generator(ScriptedChatModel.replying(RIGHT), CodeOptions.STANDARD)
                .generate(request);

        assertThat(report.passed()).isTrue();
        assertThat(report.notes()).anyMatch(n -> n.contains("import nothing"));
    }

    @Test
    void testsThatAStubPassesCountForNothing() {
        CodeRequest request = CodeRequest.builder()
                .description("Write the function called double.")
                .tests("from solution import double\n\ndef test_nothing():\n    double(1)\n")
                .build();

        CodeReport report = generator(ScriptedChatModel.replying(WRONG), CodeOptions.STANDARD.withVoters(1))
                .generate(request);

        assertThat(report.status()).isEqualTo(Status.UNTESTED);
        assertThat(report.notes()).anyMatch(n -> n.contains("prove nothing"));
    }

    @Test
    void proseIsReportedAsNoCode() {
        CodeRequest request = CodeRequest.builder()
                .description(TASK)
                .budget(Budget.STANDARD.withAttempts(2))
                .build();

        CodeReport report = generator(
                        ScriptedChatModel.replying("I would rather talk about the sea.", "So would I."),
                        CodeOptions.STANDARD.withParallel(1))
                .generate(request);

        assertThat(report.status()).isEqualTo(Status.NO_CODE);
        assertThat(report.code()).isEmpty();
        assertThat(report.attempts()).extracting(Attempt::stage).containsOnly(Stage.NO_CODE);
        assertThat(report.notes()).anyMatch(n -> n.contains("budget of attempts"));
    }

    @Test
    void majorityOfDraftsDecidesWhereNothingWasGivenToTestWith() {
        CodeRequest request = CodeRequest.builder()
                .stub("def double(x: int) -> int:\n    \"\"\"Twice x.\"\"\"\n")
                .build();

        CodeReport report = generator(
                        ScriptedChatModel.replying(WRONG, RIGHT, RIGHT),
                        CodeOptions.STANDARD.withVoters(3).withParallel(2))
                .generate(request);

        assertThat(report.code()).contains("2 * x");
        assertThat(report.agreement()).isPresent();
        assertThat(report.status()).isEqualTo(Status.UNTESTED);
    }

    @Test
    void draftsAreAskedForUntilTheTokensAreSpent() {
        CodeRequest request = CodeRequest.builder()
                .description(TASK)
                .budget(Budget.STANDARD.withTokens(10))
                .build();

        CodeReport report = generator(ScriptedChatModel.replying(WRONG), CodeOptions.STANDARD)
                .generate(request);

        assertThat(report.attempts()).hasSize(1);
        assertThat(report.notes()).anyMatch(n -> n.contains("budget of tokens"));
    }

    @Test
    void traceTellsEachStateInOrder() {
        List<Step> heard = Collections.synchronizedList(new ArrayList<>());

        CodeReport report = generator(ScriptedChatModel.replying(RIGHT), CodeOptions.STANDARD)
                .generate(CodeRequest.of(TASK), heard::add);

        assertThat(report.trace()).isEqualTo(heard);
        assertThat(heard)
                .extracting(Step::state)
                .containsExactly(
                        Step.State.READ, Step.State.DRAFT, Step.State.TEST, Step.State.SELECT, Step.State.DONE);
    }

    @Test
    void testsThatDoNotCompileAreRefusedWithTheirLine() {
        CodeRequest request = CodeRequest.builder()
                .description("Write double.")
                .tests("def test_a():\n    assert double(1 == 2\n")
                .build();

        assertThatThrownBy(() -> generator(ScriptedChatModel.replying(), CodeOptions.STANDARD)
                        .generate(request))
                .isInstanceOf(CodeException.class)
                .hasMessageContaining("QP-CODE-003")
                .hasMessageContaining("line 2");
    }

    @Test
    void modelThatFailsAtOnceIsATypedError() {
        ScriptedChatModel model = ScriptedChatModel.builder()
                .fail(new IllegalStateException("no model here"))
                .build();

        assertThatThrownBy(() -> generator(model, CodeOptions.STANDARD).generate(CodeRequest.of(TASK)))
                .isInstanceOf(CodeException.class)
                .hasMessageContaining("QP-CODE-004");
    }

    private static CodeGenerator generator(ScriptedChatModel model, CodeOptions options) {
        return CodeGenerator.builder(model, sandbox).options(options).build();
    }
}
