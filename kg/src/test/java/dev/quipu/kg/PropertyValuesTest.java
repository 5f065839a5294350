package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.Mapping.PropertyRule;
import dev.quipu.kg.Mapping.PropertyType;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyValuesTest {
    private static Object convert(String text, PropertyType type) {
        return PropertyValues.convert(List.of(text), new PropertyRule("f", type, "", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "12.50#12.5",
                "€ 12,50#12.5",
                "1,234#1234",
                "1.234,56 EUR#1234.56",
                "1,234,567.89#1234567.89",
                "￥99#99",
                "US$5#5",
                "-3.5#-3.5",
                "$ -3#-3",
                "-€4#-4",
                "1e3#1000",
                "1.0E-5#0.00001",
                "12 kg#12",
                "1 234,50#1234.5",
                "1'000#1000",
                "0#0",
                "人民币 100 元#100"
            })
    void readsNumbersAsPeopleWriteThem(String text, double number) {
        assertThat(convert(text, PropertyType.MONEY)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "1x5",
                "12abc34",
                "1.2.3",
                "--5",
                "1-2",
                "2026-01-01",
                "٣x",
                "1,23,4567.8.9",
                "NaN",
                "SKU-5"
            })
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> convert(text, PropertyType.DECIMAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is '" + text + "', which is not a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "9223372036854775808", "1e300"})
    void refusesWhatIsNoWholeNumber(String text) {
        assertThatThrownBy(() -> convert(text, PropertyType.INTEGER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a whole number");
    }

    @Test
    void readsAWholeNumberWithAnEmptyFraction() {
        assertThat(convert("3.00", PropertyType.INTEGER)).isEqualTo(3L);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "No,false", "是,true", "0,false"})
    void readsTruthValues(String text, boolean value) {
        assertThat(convert(text, PropertyType.BOOLEAN)).isEqualTo(value);
    }

    @Test
    void refusesAnotherTruthValue() {
        assertThatThrownBy(() -> convert("maybe", PropertyType.BOOLEAN)).hasMessageContaining("neither true nor false");
    }

    @Test
    void readsDatesOfTheListedForms() {
        PropertyRule rule = new PropertyRule("f", PropertyType.DATE, "dd.MM.yyyy|yyyy/M/d", Map.of());

        assertThat(PropertyValues.convert(List.of("31.12.2026"), rule)).isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(PropertyValues.convert(List.of("2026/2/3"), rule)).isEqualTo(LocalDate.of(2026, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "2026-13-01", "01.02.2026", "yesterday", "2026-02-01T10:00"})
    void refusesWhatIsNoDate(String text) {
        assertThatThrownBy(() -> convert(text, PropertyType.DATE))
                .hasMessage("is '" + text + "', which is not a date of the form yyyy-MM-dd");
    }

    @Test
    void bringsSpellingsToOneValue() {
        PropertyRule rule = new PropertyRule("f", PropertyType.TEXT, "", Map.of("open", "open", "pending", "open"));

        assertThat(PropertyValues.convert(List.of("PENDING"), rule)).isEqualTo("open");
        assertThatThrownBy(() -> PropertyValues.convert(List.of("lost"), rule)).hasMessageContaining("none of");
    }

    @Test
    void tellsStockFromNoStock() {
        assertThat(convert("3", PropertyType.POSITIVE)).isEqualTo(true);
        assertThat(convert("0", PropertyType.POSITIVE)).isEqualTo(false);
    }
}
