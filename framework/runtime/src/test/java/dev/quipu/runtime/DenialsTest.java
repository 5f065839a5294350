package dev.quipu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenialsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    You can return it.                             | 0
                    You cannot return it.                          | 1
                    You can't return it and won't get it back.     | 2
                    Notebooks, knots and noon are no denials.      | 1
                    未使用的商品可以退货。                         | 1
                    使用过的商品不能退货，也没有退款。             | 2
                    """)
    void countsWhatDenies(String text, int denials) {
        assertThat(Denials.in(text)).isEqualTo(denials);
    }
}
