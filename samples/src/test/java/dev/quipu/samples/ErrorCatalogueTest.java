package dev.quipu.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.testkit.ErrorCatalogue;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Checks the error codes of all modules and the page that lists them. */
class ErrorCatalogueTest {
    private final ErrorCatalogue catalogue = ErrorCatalogue.of("dev.quipu");

    @Test
    void givesEveryFailureACodeOfItsOwn() {
        assertThat(catalogue.codes()).isNotEmpty();
        assertThat(catalogue.problems()).isEmpty();
    }

    /**
     * Write the page anew with {@code mvn verify -pl samples -am -Dquipu.docs.write=true
     * -Dtest=dev.quipu.samples.ErrorCatalogueTest -Dsurefire.failIfNoSpecifiedTests=false}.
     */
    @Test
    void listsEveryCodeInTheDocumentation() {
        catalogue.requireCurrent(Path.of("..", "docs", "errors.md"));
    }
}
