package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValueFormatTest {
    private final ValueFormat english = new ValueFormat(Language.ENGLISH, "$", Map.of("delivered", "delivered to you"));
    private final ValueFormat chinese = new ValueFormat(Language.CHINESE, "¥", Map.of("delivered", "已送达"));

    @Test
    void writesMoneyWithTwoPlacesAndItsSignFirst() {
        assertThat(english.format(1234.5, "money")).isEqualTo("$1234.50");
        assertThat(english.format(-0.005, "money")).isEqualTo("-$0.01");
        assertThat(chinese.format(3L, "money")).isEqualTo("¥3.00");
    }

    @Test
    void writesLabelsInTheWordsOfTheLanguage() {
        assertThat(english.format("Delivered", "label")).isEqualTo("delivered to you");
        assertThat(chinese.format("delivered", "label")).isEqualTo("已送达");
        assertThat(chinese.format("lost", "label")).isEqualTo("lost");
    }

    @Test
    void writesWholeNumbersWithoutAFraction() {
        assertThat(english.format(3.0, "")).isEqualTo("3");
        assertThat(english.format(3.25, "")).isEqualTo("3.25");
    }

    @Test
    void joinsListsAsTheLanguageDoes() {
        assertThat(english.format(List.of("a", "b"), "")).isEqualTo("a, b");
        assertThat(chinese.format(List.of("a", "b"), "")).isEqualTo("a、b");
    }
}
