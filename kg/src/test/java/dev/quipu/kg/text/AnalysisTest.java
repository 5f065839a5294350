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

        assertThat(of(document).titleKeys().keySet())
                .contains("leland", "leland north carolina", "leland north carolina town", "利 兰 镇");
    }

    @Test
    void knowsATitleByItsInitials() {
        assertThat(of(Document.of("a", "World Trade Organization (WTO)", "x"))
                        .titleKeys()
                        .keySet())
                .contains("wto");
    }

    @Test
    void takesALastNameForTheOneFullNameOfItsPassage() {
        Analysis analysis = of(Document.of("a", "Song", "Hank Snow wrote it. Later Snow sang it."));

        assertThat(analysis.names().sentences())
                .containsEntry("hank snow", 0b11L)
                .containsKey("snow");
    }

    @Test
    void tellsWhichFormsBecameAnEntityAndWhy() {
        Document document = Document.of(
                        "a", "World Trade Organization (WTO)", "The Beyoncé fan met Hank Snow. Snow sang.")
                .withAliases(List.of("世贸组织"));

        assertThat(of(document).merges(PassageSplitter.split(document).getFirst()))
                .contains(
                        new EntityMerge("WTO", "world trade organization wto", MergeRule.LETTERS, "a#0"),
                        new EntityMerge("世贸组织", "world trade organization wto", MergeRule.ALIAS, "a#0"),
                        new EntityMerge("Beyoncé", "beyonce", MergeRule.SPELLING, "a#0"),
                        new EntityMerge("Snow", "hank snow", MergeRule.SHORT_FORM, "a#0"))
                .noneMatch(m -> m.form().equals("Hank Snow"));
    }

    @Test
    void doesNotGuessBetweenTwoFullNames() {
        Analysis analysis = of(Document.of("a", "Song", "Hank Snow and John Snow met. Later Snow sang it."));

        assertThat(analysis.names().sentences())
                .containsEntry("hank snow", 0b1L)
                .containsEntry("john snow", 0b1L);
    }
}
