package dev.quipu.rules;

import static dev.quipu.rules.SampleRules.order;
import static dev.quipu.rules.SampleRules.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeRules() throws IOException {
        file = folder.resolve("orders/cancel.drl");
        Files.createDirectories(folder.resolve("orders"));
        Files.writeString(file, SampleRules.CANCEL);
        Files.writeString(folder.resolve("README.md"), "No rules here.");
    }

    @Test
    void readsSubFoldersAndOnlyRuleFiles() {
        try (DroolsPolicy policy = DroolsPolicy.of(folder)) {
            assertThat(policy.ruleNames()).hasSize(2);
        }
    }

    @Test
    void reloadPutsChangedRulesInPlace() throws IOException {
        try (DroolsPolicy policy = DroolsPolicy.of(folder)) {
            Files.writeString(file, SampleRules.CANCEL.replace("cancel.not-pending", "cancel.too-late"));

            boolean changed = policy.reload();

            assertThat(changed).isTrue();
            assertThat(reasons(policy)).containsExactly("cancel.too-late");
        }
    }

    @Test
    void reloadSaysThatNothingChanged() {
        try (DroolsPolicy policy = DroolsPolicy.of(folder)) {
            assertThat(policy.reload()).isFalse();
        }
    }

    @Test
    void oldRulesStayWhenTheNewOnesDoNotCompile() throws IOException {
        try (DroolsPolicy policy = DroolsPolicy.of(folder)) {
            Files.writeString(file, SampleRules.CANCEL.replace("when", "wenn"));

            assertThatThrownBy(policy::reload)
                    .isInstanceOf(RulesException.class)
                    .hasMessageContaining("orders/cancel.drl:");
            assertThat(reasons(policy)).containsExactly("cancel.not-pending");
        }
    }

    @Test
    void oldRulesStayWhenTheFolderIsGone() throws IOException {
        try (DroolsPolicy policy = DroolsPolicy.of(folder)) {
            Files.delete(file);

            assertThatThrownBy(policy::reload).hasMessageContaining("QP-RULES-006");
            assertThat(reasons(policy)).containsExactly("cancel.not-pending");
        }
    }

    @Test
    void refusesAFolderWithoutRules(@TempDir Path empty) {
        assertThatThrownBy(() -> DroolsPolicy.of(empty)).hasMessageContaining("QP-RULES-006");
        assertThatThrownBy(() -> DroolsPolicy.of(empty.resolve("none"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> DroolsPolicy.builder().build()).hasMessageContaining("QP-RULES-006");
    }

    @Test
    void refusesAFileThatIsNotUtf8() throws IOException {
        Files.write(file, SampleRules.CANCEL.replace("left", "geöffnet").getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> DroolsPolicy.of(folder)).hasMessageContaining("not UTF-8");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        Files.writeString(file, SampleRules.CANCEL + " ".repeat(1 << 20));

        assertThatThrownBy(() -> DroolsPolicy.of(folder)).hasMessageContaining("Split it");
    }

    @Test
    void decidesTheSameFromTheCache(@TempDir Path cache) {
        try (DroolsPolicy compiled = cached(cache);
                DroolsPolicy loaded = cached(cache)) {
            List<Decision> first = compiled.decide(request("cancel", order("shipped")));

            assertThat(files(cache)).hasSize(1);
            assertThat(loaded.decide(request("cancel", order("shipped")))).isEqualTo(first);
            assertThat(loaded.ruleNames()).isEqualTo(compiled.ruleNames());
        }
    }

    @Test
    void changedRulesAreNotTakenFromTheCache(@TempDir Path cache) throws IOException {
        cached(cache).close();
        Files.writeString(file, SampleRules.CANCEL.replace("cancel.not-pending", "cancel.too-late"));

        try (DroolsPolicy policy = cached(cache)) {
            assertThat(reasons(policy)).containsExactly("cancel.too-late");
            assertThat(files(cache)).hasSize(2);
        }
    }

    @Test
    void aDamagedCacheIsCompiledAgain(@TempDir Path cache) throws IOException {
        cached(cache).close();
        Path entry = files(cache).getFirst();
        byte[] bytes = Files.readAllBytes(entry);
        bytes[bytes.length / 2] ^= 1;
        Files.write(entry, bytes);

        try (DroolsPolicy policy = cached(cache)) {
            assertThat(reasons(policy)).containsExactly("cancel.not-pending");
        }
    }

    @Test
    void aCacheThatOthersMayWriteIsNotRead(@TempDir Path cache) throws IOException {
        cached(cache).close();
        Path entry = files(cache).getFirst();
        Files.write(entry, new byte[] {1, 2, 3});
        Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rw-rw-rw-"));

        try (DroolsPolicy policy = cached(cache)) {
            assertThat(reasons(policy)).containsExactly("cancel.not-pending");
            assertThat(Files.getPosixFilePermissions(entry)).hasToString("[OWNER_READ, OWNER_WRITE]");
        }
    }

    @Test
    void aCacheThatCannotBeWrittenDoesNotFailTheStart() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where the folder would be");

        try (DroolsPolicy policy = cached(blocked)) {
            assertThat(reasons(policy)).containsExactly("cancel.not-pending");
        }
    }

    @Test
    void rulesWithOtherPackagesAreNotCached(@TempDir Path cache) {
        DroolsPolicy.builder()
                .folder(folder)
                .cache(cache)
                .allowPackage("com.example.pricing")
                .build()
                .close();

        assertThat(files(cache)).isEmpty();
    }

    private DroolsPolicy cached(Path cache) {
        return DroolsPolicy.builder().folder(folder).cache(cache).build();
    }

    private static List<String> reasons(DroolsPolicy policy) {
        return policy.decide(request("cancel", order("shipped"))).stream()
                .map(Decision::reason)
                .toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
