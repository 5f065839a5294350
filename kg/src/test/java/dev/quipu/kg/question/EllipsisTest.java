package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EllipsisTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{order}",
                "and {order}",
                "what about the {option} one",
                "那么 {order}",
                "and in {option} with {option}"
            })
    void isAQuestionThatOnlyNamesAnotherThing(String words) {
        assertThat(Ellipsis.is(List.of(words.split(" ")))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"where is {order}", "and when", "cancel {order}", "what about it", "退货 {order}"})
    void isNoQuestionWithAWordOfItsOwnOrWithoutAThing(String words) {
        assertThat(Ellipsis.is(List.of(words.split(" ")))).isFalse();
    }
}
