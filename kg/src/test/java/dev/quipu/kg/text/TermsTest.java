package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TermsTest {
    @Test
    void foldsCaseAccentsAndWidth() {
        assertThat(Terms.words("Café ＡＢＣ-12, Łódź's")).containsExactly("cafe", "abc", "12", "łodz", "s");
    }

    @Test
    void dropsEndingsAndWordsThatSayNothing() {
        assertThat(Terms.termsOf("The companies were returning orders")).containsExactly("company", "return", "order");
    }

    @Test
    void pairsChineseCharacters() {
        assertThat(Terms.termsOf("登山背包的价格")).containsExactly("登山", "山背", "背包", "价格");
    }

    @Test
    void namesEntitiesWithoutTheirArticle() {
        assertThat(Terms.key("The Beatles")).isEqualTo("beatles");
        assertThat(Terms.key("The The")).isEmpty();
    }

    @Test
    void takesNoSyllableForAName() {
        assertThat(Terms.key("X")).isEmpty();
        assertThat(Terms.key("12")).isEmpty();
    }
}
