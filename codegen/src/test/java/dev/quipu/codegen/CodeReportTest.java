package dev.quipu.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CodeReportTest {
    private static final CodeReport HOSTILE = new CodeReport(
            CodeReport.Status.FAILING,
            "f",
            "def f():\n    return '</code><script>alert(1)</script>{{notes}}'\n",
            Optional.empty(),
            List.of(new GivenTest(GivenTest.Origin.EXAMPLE, "f('<b>')", false, "f('<b>') returned | but {{code}}")),
            List.of(),
            List.of(new Attempt(
                    1,
                    Attempt.Kind.FIRST,
                    OptionalInt.empty(),
                    "x",
                    Attempt.Stage.FAILING,
                    0,
                    1,
                    "It fails:\n- a | b",
                    10,
                    20,
                    0.5)),
            1,
            Optional.empty(),
            List.of("a note"),
            List.of(new Step(Step.State.READ, 0, "read", Duration.ofMillis(5))),
            10,
            20,
            0.5);

    @Test
    void pageShowsTextsOfTheModelAsText() {
        String page = HOSTILE.html();

        assertThat(page)
                .doesNotContain("<script>")
                .doesNotContain("<b>")
                .contains("&lt;script&gt;")
                .contains("a note")
                .containsOnlyOnce("def f():");
    }

    @Test
    void jsonHoldsWhatTheReportHolds() {
        assertThat(HOSTILE.json())
                .startsWith("{\"status\":\"failing\",\"passed\":false,\"entry_point\":\"f\"")
                .contains("\"output_tokens\":20");
    }

    @Test
    void markdownKeepsItsTables() {
        assertThat(HOSTILE.markdown())
                .startsWith("**Failing: the best draft passes 0 of 1 given tests.**")
                .contains("It fails: - a \\| b");
    }
}
