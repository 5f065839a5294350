package dev.quipu.rules;

import static dev.quipu.rules.SampleRules.HEADER;
import static dev.quipu.rules.SampleRules.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompileErrorTest {
    /** Line 5 starts the rule, 7 is its condition, 9 and 10 its consequence. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Request(topic = = 't')   | decisions.deny(\"a\");   | 7  | mismatched input",
                "Request(topic == 't'     | decisions.deny(\"a\");   | 8  | mismatched input",
                "Requestt(topic == 't')   | decisions.deny(\"a\");   | 7  | Requestt",
                "Request(topicc == 't')   | decisions.deny(\"a\");   | 7  | topicc",
                "Known(text(3) == 't')    | decisions.deny(\"a\");   | 7  | Method text",
                "Known(number('a') > $z)  | decisions.deny(\"a\");   | 7  | $z",
                "Request(topic == 't')    | decisions.denny(\"a\");  | 10 | denny",
                "Request(topic == 't')    | decisions.deny(zz);      | 10 | zz",
                "Request(topic == 't')    | decisions.deny(\"a\"     | 10 | Parse error",
            })
    void namesFileAndLine(String condition, String consequence, int line, String part) {
        String broken = HEADER + """
                rule "broken"
                when
                  %s
                then
                  int n = 1;
                  %s
                end
                """.formatted(condition.replace('\'', '"'), consequence);

        List<RuleProblem> problems = problems(SampleRules.RETURN, broken);

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().file()).isEqualTo("file1.drl");
        assertThat(problems.getFirst().line()).isEqualTo(line);
        assertThat(problems.getFirst().message()).contains(part).doesNotContain("\n", ".java:", "GeneratedJavaParser");
    }

    @Test
    void namesTheRuleThatIsBrokenWhenItsNeighboursHaveTheSameWords() {
        String broken = HEADER + """
                rule "whole" when $o : Known(type == "order") then
                  String reason = "a";
                  decisions.deny(reason);
                end
                rule "broken" when $o : Known(type == "order") then
                  decisions.deny(reason);
                end
                """;

        assertThat(problems(broken)).extracting(RuleProblem::line).containsExactly(10);
    }

    @Test
    void namesTheLineOfAFunction() {
        String broken = HEADER + """
                function int twice(int n) {
                  return m * 2;
                }
                rule "x" when Request() then decisions.deny("a" + twice(2)); end
                """;

        assertThat(problems(broken)).extracting(RuleProblem::line).containsExactly(6);
    }

    @Test
    void namesTheLineOfAnImport() {
        String broken = HEADER + "import dev.quipu.rules.Nothing\nrule \"x\" when Request() then end\n";

        assertThat(problems(SampleRules.CANCEL, broken))
                .extracting(RuleProblem::file, RuleProblem::line)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("file1.drl", 5));
    }

    @Test
    void namesEveryBrokenRuleAtOnce() {
        String broken = HEADER + """
                rule "a" when Request(topicc == "t") then end
                rule "b" when Request(topic == "t") then end
                rule "c" when Request(topic == "t") then decisions.refuse("x"); end
                """;

        assertThat(problems(broken)).extracting(RuleProblem::line).containsExactly(5, 7);
    }

    @Test
    void refusesTwoRulesOfOneName() {
        assertThat(problems(SampleRules.CANCEL, SampleRules.CANCEL))
                .extracting(RuleProblem::toString)
                .contains("file1.drl:5 The rule \"an order that has left cannot be cancelled\" is already in"
                        + " file0.drl:5.");
    }

    @Test
    void refusesAFileWithoutPackageGlobalOrRule() {
        assertThat(problems(""))
                .hasSize(3)
                .extracting(RuleProblem::message)
                .anyMatch(m -> m.contains("package"))
                .anyMatch(m -> m.contains("global Decisions decisions"))
                .anyMatch(m -> m.contains("no rule"));
    }

    @Test
    void refusesAttributesThatWouldKeepARuleFromFiring() {
        String silent = HEADER + "rule \"x\"\nagenda-group \"never\"\nwhen Request() then end\n";

        assertThat(problems(silent)).extracting(RuleProblem::message).anyMatch(m -> m.contains("agenda-group"));
    }

    @Test
    void refusesGlobalsThatNobodySets() {
        String other = HEADER + "global String shopName\nrule \"x\" when Request() then end\n";

        assertThat(problems(other)).extracting(RuleProblem::line).containsExactly(5);
    }

    @Test
    void refusesThePackageOfTheProduct() {
        String taken = SampleRules.CANCEL.replace("package sample.rules", "package dev.quipu.rules");

        assertThat(problems(taken)).extracting(RuleProblem::line).containsExactly(1);
    }

    private static List<RuleProblem> problems(String... files) {
        RulesException thrown = catchThrowableOfType(RulesException.class, () -> policy(files));
        assertThat(thrown.code()).isEqualTo(RulesError.COMPILE);
        assertThat(thrown).hasMessageStartingWith("QP-RULES-001");
        return thrown.problems();
    }
}
