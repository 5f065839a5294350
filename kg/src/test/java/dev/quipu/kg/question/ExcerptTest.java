package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Fact;
import dev.quipu.Identity;
import dev.quipu.Mention;
import dev.quipu.Question;
import dev.quipu.Source;
import dev.quipu.kg.text.FoundPassage;
import dev.quipu.kg.text.Passage;
import dev.quipu.kg.text.Validity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
    private static final Passage DOWN = passage("Caring for down", """
            Down keeps its warmth for years. Wash down jackets by hand at 30 degrees, with the soap of the firm Nordwax.
            Dry them flat, for two days. Our shop in Hamburg washes sleeping bags for 25 euros. Bags are fetched on Mondays,
            and they are back within a week, if no part of them has to be repaired. Repairs are charged by the hour, which
            you are told before they begin.""");
    private static final Passage PETS = passage("宠物", "猫和小狗可以带进商店。大型犬请在门外等候。商店周日不营业。");

    private static Passage passage(String title, String text) {
        return new Passage("d#2", "d", 2, title, text.replace('\n', ' '), List.of(), "", Validity.ALWAYS);
    }

    private static Optional<Fact> excerpt(Passage passage, String question) {
        return excerpt(passage, question, List.of());
    }

    private static Optional<Fact> excerpt(Passage passage, String question, List<Mention> mentions) {
        Question asked = Question.of("c", new Identity.Anonymous("shop"), question);
        return Excerpt.about(asked, mentions).of("f1", new FoundPassage(passage, 1, List.of()));
    }

    @Test
    void beginsWhereTheWordsOfTheQuestionStand() {
        Fact fact = excerpt(DOWN, "How should I wash my down jacket?").orElseThrow();

        assertThat(fact.text()).startsWith("Wash down jackets by hand").contains("for two days");
        assertThat(fact.text()).doesNotContain("Mondays", "Repairs");
        assertThat(fact.values()).containsEntry("title", "Caring for down");
        assertThat(fact.sources()).containsExactly(new Source("d", 3));
    }

    @Test
    void wantsEveryThingThatWasLinkedInThePassage() {
        String question = "Are dry down mittens washed by hand?";
        Mention linked = new Mention("product", "p1", "Mittens", 13, 20, 1, Mention.Stage.GAZETTEER);

        assertThat(excerpt(DOWN, question)).isPresent();
        assertThat(excerpt(DOWN, question, List.of(linked))).isEmpty();
    }

    @Test
    void readsChinese() {
        Fact fact = excerpt(PETS, "小狗可以带进商店吗？").orElseThrow();

        assertThat(fact.text()).startsWith("猫和小狗可以带进商店。");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which laptop has the longest battery life?",
                "How do I wash a down jacket from Patagonia?",
                "Can I wash my down jacket at 60 degrees?",
                "Can I wash my down jacket of order W123?",
                "What about it?",
                "商店有停车场吗？",
            })
    void leavesPassagesOutThatAreBesideTheQuestion(String question) {
        assertThat(excerpt(DOWN, question)).isEmpty();
        assertThat(excerpt(PETS, question)).isEmpty();
    }
}
