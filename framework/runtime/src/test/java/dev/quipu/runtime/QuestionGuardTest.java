package dev.quipu.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quipu.ApiError;
import dev.quipu.QuipuException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionGuardTest {
    private final QuestionGuard guard = new QuestionGuard(10);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u3000"})
    void refusesNothingButSpace(String text) {
        assertThatExceptionOfType(QuipuException.class)
                .isThrownBy(() -> guard.admit(text))
                .matches(e -> e.code() == ApiError.BLANK);
    }

    @ParameterizedTest
    @MethodSource("noTexts")
    void refusesWhatIsNoTextAndSaysWhere(String text, String where) {
        assertThatExceptionOfType(QuipuException.class)
                .isThrownBy(() -> guard.admit(text))
                .matches(e -> e.code() == ApiError.MALFORMED)
                .withMessageContaining(where);
    }

    static Stream<Arguments> noTexts() {
        return Stream.of(
                Arguments.of("a\0b", "U+0000 at character 2"),
                Arguments.of("\u001b[2J", "U+001B at character 1"),
                Arguments.of("\u0085", "U+0085 at character 1"),
                Arguments.of("ab\ud800", "U+D800 at character 3"),
                Arguments.of("\udc00x", "U+DC00 at character 1"));
    }

    @Test
    void refusesALongTextWithItsNumbers() {
        assertThatExceptionOfType(QuipuException.class)
                .isThrownBy(() -> guard.admit("x".repeat(11)))
                .matches(e -> e.code() == ApiError.TOO_LONG)
                .withMessageContaining("11 characters but may have 10");
    }

    @Test
    void refusesATextThatGrowsTooLongWhenComposed() {
        String growsInNormalFormC = "\ufb2c".repeat(5);

        assertThatExceptionOfType(QuipuException.class)
                .isThrownBy(() -> guard.admit(growsInNormalFormC))
                .matches(e -> e.code() == ApiError.TOO_LONG);
    }

    @Test
    void composesCharactersAndStripsSpace() {
        assertThat(guard.admit(" cafe\u0301\n")).isEqualTo("caf\u00e9");
    }

    @Test
    void keepsLinesAndEmoji() {
        assertThat(guard.admit("a\nb \ud83d\ude00")).isEqualTo("a\nb \ud83d\ude00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void refusesConversationsWithoutAName(String name) {
        assertThatExceptionOfType(QuipuException.class).isThrownBy(() -> QuestionGuard.requireConversation(name));
    }

    @Test
    void refusesConversationsWithALongName() {
        assertThatExceptionOfType(QuipuException.class)
                .isThrownBy(() -> QuestionGuard.requireConversation("x".repeat(201)))
                .withMessageContaining("201");
    }
}
