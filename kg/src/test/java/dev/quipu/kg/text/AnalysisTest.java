package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnalysisTest {
    private static Analysis of(Document document) {
        return Analysis.of(PassageSplitter.split(document).getFirst(), NameFinder.standard());
    }

    @Test
    void knowsATitleByItsShorterFormsAndAliases() {
        Document document =
                Document.of("a", "Leland, North Carolina (town)", "A town.").withAliases(List.of("利兰镇"));

        assertThat(of(document).titleKeys())
                .contains("leland", "leland north carolina", "leland north carolina town", "利 兰 镇");
    }

    @Test
    void knowsATitleByItsInitials() {
        assertThat(of(Document.of("a", "World Trade Organization (WTO)", "x")).titleKeys())
                .contains("wto");
    }

    @Test
    void takesALastNameForTheOneFullNameOfItsPassage() {
        Analysis analysis = of(Document.of("a", "Song", "Hank Snow wrote it. Later Snow sang it."));

        assertThat(analysis.names()).containsEntry("hank snow", 0b11L).containsKey("snow");
    }

    @Test
    void doesNotGuessBetweenTwoFullNames() {
        Analysis analysis = of(Document.of("a", "Song", "Hank Snow and John Snow met. Later Snow sang it."));

        assertThat(analysis.names()).containsEntry("hank snow", 0b1L).containsEntry("john snow", 0b1L);
    }
}
