package dev.quipu.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.sandbox.PythonSandbox;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalystTest {
    private static final Signature F = new Signature("f", false, List.of("x"), List.of(""));

    @SuppressWarnings("NullAway.Init")
    private static PythonSandbox sandbox;

    private final Analyst analyst = new Analyst(sandbox);

    @BeforeAll
    static void open() {
        sandbox = PythonSandbox.open();
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "f(1) == 2; 2",
                "f(1) = 2; 2",
                "f(1) => 2; 2",
                "f(1) ==> 2; 2",
                "f(1) -> 2; 2",
                "f(1) ➞ 2; 2",
                "f(1) returns 2; 2",
                "f(1) should return 2; 2",
                "f(1) # returns 2; 2",
                "* f(1) -> 3 - 1 = 2 (worked out); 2",
                "f(1) => true; True",
                "For x = 1 the output should be 2.; 2",
                "assert f(1) == [1, (2, 'a')]; [1, (2, 'a')]"
            })
    void readsExamplesInWords(String text, String expected) {
        List<Example> examples = analyst.examples("", text, F);

        assertThat(examples).containsExactly(new Example("1", expected, ""));
    }

    @Test
    void readsInputAndOutputLines() {
        String text = "Example 1:\n    Input: [4, 2, 3]\n    Output: [2, 1]\n";

        List<Example> examples = analyst.examples("", text, F);

        assertThat(examples).containsExactly(new Example("[4, 2, 3]", "[2, 1]", ""));
    }

    @Test
    void readsTheDoctestOfAStub() {
        String stub = "def f(x):\n    \"\"\" Doc\n    >>> f('a b')\n    ['a', 'b']\n    \"\"\"\n";

        List<Example> examples = analyst.examples(stub, "", F);

        assertThat(examples).containsExactly(new Example("'a b'", "['a', 'b']", ""));
    }

    @Test
    void neverRunsWhatAnExampleSays() {
        List<Example> examples = analyst.examples("", "f(1) == __import__('os').getpid()", F);

        assertThat(examples).isEmpty();
    }

    @Test
    void takesTheCodeOutOfProse() {
        String reply =
                "Sure! Here it is:\n\n```python\ndef f(x):\n    return x\n\nprint(f(1))\nassert f(2) == 3\n```\nBye.";

        Analysis analysis = analyst.extract(reply, "", "f");

        assertThat(analysis.code()).isEqualTo("def f(x):\n    return x\n");
        assertThat(analysis.defined()).containsExactly("f");
    }

    @Test
    void takesWholeStatementsOfAReplyThatWasCutOff() {
        String reply = "```python\ndef f(x):\n    return x\n\ndef g(x):\n    return (x +";

        assertThat(analyst.extract(reply, "", "f").code()).contains("def f").doesNotContain("def g");
    }

    @Test
    void continuesAStubWithABody() {
        String stub = "import math\n\n\ndef helper(x):\n    return x\n\n\ndef f(x):\n    \"\"\"Doc.\"\"\"\n";

        Analysis analysis = analyst.extract("    return helper(math.floor(x))\n", stub, "f");

        assertThat(analysis.code())
                .contains("import math")
                .contains("def helper")
                .contains("math.floor");
        assertThat(analysis.undefined()).isEmpty();
    }

    @Test
    void addsTheImportOfAWellKnownNameAndNamesTheUnknown() {
        Analysis analysis =
                analyst.extract("```python\ndef f(x: List[int]):\n    return sqroot(math.pi)\n```", "", "f");

        assertThat(analysis.imported()).containsExactlyInAnyOrder("List", "math");
        assertThat(analysis.undefined()).containsExactly("sqroot");
    }

    @Test
    void namesModulesThatAreNotThere() {
        Analysis analysis = analyst.extract("```python\nimport frobnicate\n\ndef f(x):\n    return x\n```", "", "f");

        assertThat(analysis.absent()).containsExactly("frobnicate");
    }

    @Test
    void tellsWhereCodeDoesNotCompile() {
        Analysis analysis = analyst.extract("```python\ndef f(x)\n    return x\n```", "", "f");

        assertThat(analysis.code()).isEmpty();
        assertThat(analysis.problem().orElseThrow().line()).isEqualTo(1);
    }

    @Test
    void textThatBlowsTheParserUpIsNoCode() {
        Analysis analysis =
                analyst.extract("```python\ndef f(x):\n    return " + "(".repeat(20_000) + "\n```", "", "f");

        assertThat(analysis.code()).isEmpty();
    }

    @Test
    void findsInputsNearTheExamples() {
        List<String> inputs = analyst.inputs(List.of("[1, 2, 3], 'ab'"), F, 20);

        assertThat(inputs).hasSizeGreaterThan(10).allMatch(i -> i.startsWith("["));
    }
}
