package dev.quipu.rules;

import static dev.quipu.rules.SampleRules.HEADER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrlGuardTest {
    private final DrlGuard guard = new DrlGuard(Set.of("com.example.pricing"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Runtime.getRuntime().exec(\"ls\");",
                "new ProcessBuilder(\"ls\").start();",
                "java.lang.Runtime.getRuntime();",
                "System.exit(0);",
                "System . exit(0);",
                "System/* hidden */.exit(0);",
                "java.nio.file.Files.delete(null);",
                "new java.io.File(\"x\").delete();",
                "new java.net.URL(\"http://example.org\").openStream();",
                "java.net.http.HttpClient.newHttpClient();",
                "new Thread(() -> {}).start();",
                "Thread::yield;",
                "java.util.concurrent.Executors.newCachedThreadPool();",
                "\"\".getClass().forName(\"java.lang.System\");",
                "String.class.getName();",
                "Class.forName(\"x\");",
                "java.lang.reflect.Array.newInstance(null, 1);",
                "java.lang.invoke.MethodHandles.lookup();",
                "while (true) {}",
                "for (;;) {}",
                "do {} while (true);",
                "synchronized (this) {}",
                "kcontext.getKieRuntime().halt();",
                "drools.halt();",
                "java.time.LocalDate.now();",
                "Math.random();",
                "Stream.generate(Math::random);",
                "java.util.UUID.randomUUID();",
                "\\u0053ystem.exit(0);",
                "String a = \"\\u0022 + 1\";",
                "String a = \"\"\"\n text\n\"\"\";",
                "String a = \"not closed;\n",
                "com.acme.Danger.run();",
                "dev.quipu.runtime.Assistant.builder();",
                "/* not closed",
            })
    void refuses(String consequence) {
        String drl = HEADER + "rule \"x\"\nwhen\n  Request()\nthen\n  " + consequence + "\nend\n";

        List<RuleProblem> problems = guard.check(new RuleSource("a.drl", drl));

        assertThat(problems).isNotEmpty();
        assertThat(problems.getFirst().file()).isEqualTo("a.drl");
        assertThat(problems.getFirst().line()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import java.io.File",
                "import java.nio.file.*",
                "import static java.lang.System.exit",
                "import function com.acme.Danger.run",
                "import accumulate com.acme.Sum sum",
                "import java.lang.reflect.Method",
                "import java.util.concurrent.Executors",
                "import org.drools.core.common.InternalAgenda",
                "import sun.misc.*",
                "import com.example.pricing.internal.Secret",
            })
    void refusesImportsOfOtherPackages(String statement) {
        assertThat(guard.check(new RuleSource("a.drl", HEADER + statement + "\n")))
                .extracting(RuleProblem::line)
                .containsOnly(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decisions.deny(\"system.exit\").with(\"text\", \"Runtime java.io.File while for\");",
                "decisions.deny(\"a\"); // Thread System while",
                "/* java.io.File */ decisions.deny(\"a\");",
                "decisions.deny(\"a\").with(\"days\", $today.daysSince(java.time.LocalDate.of(2026, 1, 1)));",
                "decisions.deny(\"a\").with(\"max\", Math.max(1, 2));",
                "decisions.deny('a' == 'b' ? \"a\" : \"b\");",
                "com.example.pricing.Prices.net(3);",
                "decisions.deny(\"random\").with(\"now\", \"wait\"); int now = 3; int random = now;",
                "Long total = Long.valueOf(3); $order.number(\"total\");",
            })
    void allows(String consequence) {
        String drl = HEADER + "function int f(int n) {\n  return n;\n}\nrule \"x\" when Request() then\n" + consequence
                + "\nend\n";

        assertThat(guard.check(new RuleSource("a.drl", drl))).isEmpty();
    }

    @Test
    void refusesExpressionsThatAParserWouldRunOutOfStackOn() {
        String deep =
                HEADER + "rule \"x\" when eval(" + "(".repeat(50_000) + "true" + ")".repeat(50_000) + ") then end";

        assertThat(guard.check(new RuleSource("a.drl", deep)))
                .extracting(RuleProblem::message)
                .containsExactly("Parentheses are nested 60 deep. Split the expression.");
    }

    @Test
    void aPolicyIsNotBuiltFromRefusedRules() {
        String drl = HEADER + "rule \"x\" when Request() then\n  System.exit(3);\nend\n";

        assertThatThrownBy(() -> SampleRules.policy(drl))
                .isInstanceOfSatisfying(
                        RulesException.class, e -> assertThat(e.code()).isEqualTo(RulesError.FORBIDDEN))
                .hasMessageContaining("file0.drl:6 System reaches for the JVM");
    }
}
