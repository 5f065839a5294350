package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens of several callers in a file. */
class ApiTokensTest {
    private static final String ONE = "0123456789abcdef";
    private static final String OTHER = "fedcba9876543210";

    @TempDir
    private Path folder;

    @Test
    void tellsCallersApartByTheirTokens() throws IOException {
        ApiTokens tokens = tokens("# who calls\n\n  shop   " + ONE + "\t2.5 \nreports " + OTHER + "\n");

        assertThat(tokens.caller("Bearer " + ONE)).contains(new Caller("shop", 2.5));
        assertThat(tokens.caller("bearer " + OTHER)).contains(new Caller("reports", 1));
        assertThat(tokens.isEmpty()).isFalse();
    }

    @Test
    void knowsATokenOfWhichTheFileHasTheHashAlone() throws IOException {
        ApiTokens tokens = tokens("shop sha256:9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f 2");

        assertThat(tokens.caller("Bearer " + ONE)).contains(new Caller("shop", 2));
        assertThat(tokens.caller("Bearer sha256:9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer ",
                "Bearer",
                ONE,
                "Basic " + ONE,
                "Bearer " + ONE + " ",
                "Bearer " + ONE + OTHER,
                "Bearer 0"
            })
    void letsNobodyElseIn(String authorization) throws IOException {
        assertThat(tokens("shop " + ONE).caller(authorization)).isEmpty();
    }

    @Test
    void keepsTheNamelessTokenBesideTheOthers() throws IOException {
        ApiTokens both = ApiTokens.of("secret").and(tokens("shop " + ONE));

        assertThat(both.caller("Bearer secret")).contains(Caller.NAMELESS);
        assertThat(both.caller("Bearer " + ONE)).contains(new Caller("shop", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "shop",
                "shop short",
                "shop " + ONE + " 0",
                "shop " + ONE + " 1001",
                "shop " + ONE + " much",
                "shop " + ONE + " 1 more",
                "a/b " + ONE,
                "shop sha256:00",
                "shop sha256:XYf9d5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929",
                "shop " + ONE + "\nshop " + OTHER,
                "shop " + ONE + "\nreports " + ONE,
            })
    void refusesAFileThatItCannotUseWithoutRepeatingATokenOfIt(String text) {
        assertThatThrownBy(() -> tokens(text))
                .isInstanceOf(ServerException.class)
                .hasMessageStartingWith("QP-SERVER-018")
                .hasMessageNotContaining(ONE);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> ApiTokens.read(folder.resolve("none"))).hasMessageStartingWith("QP-SERVER-018");
    }

    private ApiTokens tokens(String text) throws IOException {
        return ApiTokens.read(Files.writeString(folder.resolve("tokens"), text));
    }
}
