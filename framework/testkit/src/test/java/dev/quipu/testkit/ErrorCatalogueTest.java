package dev.quipu.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.quipu.ApiError;
import dev.quipu.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorCatalogueTest {
    @TempDir
    Path folder;

    @Test
    void findsTheCodesOnTheClassPath() {
        ErrorCatalogue catalogue = ErrorCatalogue.of("dev.quipu");

        assertThat(catalogue.codes()).contains(ApiError.values());
        assertThat(catalogue.problems()).isEmpty();
    }

    @Test
    void findsDuplicatesAndMalformedCodes() {
        ErrorCatalogue catalogue = ErrorCatalogue.of(List.<ErrorCode>of(Broken.values()));

        assertThat(catalogue.problems())
                .hasSize(3)
                .anyMatch(problem -> problem.contains("SECOND has the id QP-TEST-001 of"))
                .anyMatch(problem -> problem.contains("SHORT has the id QP-1"))
                .anyMatch(problem -> problem.contains("OPEN has a meaning"));
    }

    @Test
    void listsEachCodeUnderItsArea() {
        String page = ErrorCatalogue.of("dev.quipu").markdown();

        assertThat(page).contains("## API\n").contains("| `QP-API-001` | " + ApiError.BLANK.meaning() + " |\n");
    }

    @Test
    void refusesAPageThatIsStale() throws IOException {
        ErrorCatalogue catalogue = ErrorCatalogue.of("dev.quipu");
        Path stale = Files.writeString(folder.resolve("stale.md"), "# Error codes");
        Path current = Files.writeString(folder.resolve("current.md"), catalogue.markdown());

        assertThatNoException().isThrownBy(() -> catalogue.requireCurrent(current));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> catalogue.requireCurrent(stale))
                .withMessageContaining("-Dquipu.docs.write=true");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> catalogue.requireCurrent(folder.resolve("missing.md")));
    }

    private enum Broken implements ErrorCode {
        FIRST("QP-TEST-001", "It broke; mend it."),
        SECOND("QP-TEST-001", "It broke again; mend it."),
        SHORT("QP-1", "It broke; mend it."),
        OPEN("QP-TEST-002", "It broke");

        private final String id;
        private final String meaning;

        Broken(String id, String meaning) {
            this.id = id;
            this.meaning = meaning;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String meaning() {
            return meaning;
        }
    }
}
