package dev.quipu.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {
    private static String mask(String text) {
        return PersonalData.standard().mask(text, new HashMap<>());
    }

    @ParameterizedTest
    @CsvSource({
        "ann.lee+shop@mail.example.org,<EMAIL>",
        "联系我：lee@example.cn谢谢,联系我：<EMAIL>谢谢",
        "我的手机13812345678。,我的手机<PHONE>。",
        "+86 138 1234 5678,<PHONE>",
        "+49 170 1234567,<PHONE>",
        "(555) 010-1234,<PHONE>",
        "555-010-1234,<PHONE>",
        "010-62345678,<PHONE>",
        "4111 1111 1111 1111,<CARD>",
        "DE89 3704 0044 0532 0130 00,<IBAN>",
        "11010519491231002X,<ID>",
        "from 192.168.0.12 now,from <IP> now",
    })
    void putsAMarkInPlaceOfPersonalData(String text, String masked) {
        assertThat(mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order A50002",
                "#4111111111111112",
                "item 1656367028",
                "4111 1111 1111 1112",
                "version 1.2.3",
                "2024-05-15 10:30",
                "¥1,299.00",
                "110105194912310021",
            })
    void leavesNumbersThatAreNobodys(String text) {
        assertThat(mask(text)).isEqualTo(text);
    }

    @Test
    void countsAndTakesFurtherPatterns() {
        Map<String, Integer> counts = new HashMap<>();
        PersonalData masks = PersonalData.none().with("<CUSTOMER>", Pattern.compile("\\bC\\d{4}\\b"));

        String masked = masks.mask("C1001 and C1002, a@b.example", counts);

        assertThat(masked).isEqualTo("<CUSTOMER> and <CUSTOMER>, a@b.example");
        assertThat(counts).containsExactly(Map.entry("<CUSTOMER>", 2));
    }
}
