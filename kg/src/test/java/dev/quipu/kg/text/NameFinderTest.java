package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class NameFinderTest {
    private final NameFinder finder = NameFinder.standard();

    @Test
    void findsRunsOfCapitalisedWords() {
        assertThat(finder.names("It was sung by Hank Snow and the University of North Carolina in 1953."))
                .contains("Hank Snow", "University of North Carolina", "1953");
    }

    @Test
    void dropsWhatASentenceOnlyBeginsWith() {
        assertThat(finder.names("The Bubye River rises there.")).containsExactly("Bubye River");
    }

    @Test
    void doubtsTheFirstWordOfASentence() {
        assertThat(finder.names("Later Snow sang it.")).containsExactly("Later Snow", "Snow");
    }

    @Test
    void takesWhatAndJoinsBothWays() {
        assertThat(finder.names("Islands of Trinidad and Tobago"))
                .contains("Islands of Trinidad and Tobago", "Islands of Trinidad", "Tobago");
    }

    @Test
    void takesWhatSmallWordsJoinWholeAndInParts() {
        assertThat(finder.names("It is of the University of North Carolina."))
                .containsExactly("University of North Carolina", "University", "North Carolina");
    }

    @Test
    void goesOnBehindAnAbbreviationAndNotBehindASentence() {
        assertThat(finder.names("in St. John's. Later")).containsExactly("St. John's", "Later");
    }

    @Test
    void findsChinesePlacesAndCompounds() {
        assertThat(finder.names("杭州的登山背包保修三年")).contains("杭州").anyMatch(n -> n.contains("背包"));
    }

    @Test
    void endsSoonOnATextThatIsOneEndlessName() {
        String endless = "Abc ".repeat(50_000);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> finder.names(endless));
    }
}
