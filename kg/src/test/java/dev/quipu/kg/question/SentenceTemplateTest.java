package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.Language;
import dev.quipu.kg.GraphException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTemplateTest {
    private static final ValueFormat FORMAT = new ValueFormat(Language.ENGLISH, "€", Map.of("red", "crimson"));
    private static final Map<String, Object> VALUES = Map.of(
            "name", "Tent", "price", 10.5, "color", "red", "none", "", "tags", List.of("a", "b"), "evil", "{price}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{name} costs {price:money}#Tent costs €10.50",
                "{ name : label }#Tent",
                "in {color:label}#in crimson",
                "{name}[ in {size}]#Tent",
                "{name}[ in {color}]#Tent in red",
                "{name}[ ({none})]#Tent",
                "{missing}!#–!",
                "{tags}#a, b",
                "{evil}#{price}",
                "plain#plain",
                "[a[ b {size}] {name}]#a Tent"
            })
    void rendersValues(String template, String expected) {
        assertThat(SentenceTemplate.parse("w", template).render(VALUES, FORMAT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"open {hole", "open [part", "open [part {x}"})
    void refusesWhatIsNotClosed(String template) {
        assertThatThrownBy(() -> SentenceTemplate.parse("phrases.yaml/x", template))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("phrases.yaml/x has a")
                .hasMessageContaining("without its");
    }
}
