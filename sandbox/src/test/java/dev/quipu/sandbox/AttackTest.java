package dev.quipu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ways to break out, on every backend. The warm one is tried with all of them in each build, the others with a third;
 * {@code mvn test -pl sandbox -am -Dquipu.test.excludedTags=gpu -Dtest=AttackTest
 * -Dsurefire.failIfNoSpecifiedTests=false} tries all on all.
 */
class AttackTest {
    private static final int SHARE = 3;

    @TempDir
    private Path folder;

    @Test
    void knowsManyWaysToBreakOut() {
        assertThat(Snippets.of("attacks.txt")).hasSizeGreaterThanOrEqualTo(90).doesNotHaveDuplicates();
    }

    @Test
    void containsEveryAttack() throws Exception {
        assertContained("warm", Snippets.of("attacks.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bubblewrap", "landlock"})
    void containsAttacksWithoutItsOwnNamespaces(String backend) throws Exception {
        List<Snippets> all = Snippets.of("attacks.txt");
        List<Snippets> some = IntStream.range(0, all.size())
                .filter(i -> i % SHARE == 0)
                .mapToObj(all::get)
                .toList();

        assertContained(backend, some);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"warm", "bubblewrap", "landlock"})
    void containsEveryAttackOnEveryBackend(String backend) throws Exception {
        assertContained(backend, Snippets.of("attacks.txt"));
    }

    private void assertContained(String backend, List<Snippets> attacks) throws Exception {
        TestBackends.require(backend);
        List<String> breaches;
        try (Siege siege = new Siege(folder);
                PythonSandbox sandbox = PythonSandbox.open(
                        SandboxOptions.builder().backend(backend).parallel(6).build())) {
            breaches = siege.run(sandbox, attacks);
        }

        assertThat(breaches).isEmpty();
        assertThat(Siege.leftovers()).isEmpty();
    }
}
