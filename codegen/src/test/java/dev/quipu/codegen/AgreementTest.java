package dev.quipu.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void mostVotesGoToWhatMostDraftsReturn() {
        double[] votes = Agreement.votes(List.of(List.of("1", "2"), List.of("1", "2"), List.of("1", "3")));

        assertThat(votes[0]).isEqualTo(votes[1]).isGreaterThan(votes[2]);
    }

    @Test
    void exceptionsGetNoVotes() {
        double[] votes = Agreement.votes(List.of(List.of("!"), List.of("!"), List.of("1")));

        assertThat(votes).containsExactly(0, 0, 1.0 / 3);
    }

    @Test
    void draftThatToldNothingHasNoVotesAndHurtsNobody() {
        double[] votes = Agreement.votes(List.of(List.of(), List.of("1"), List.of("1")));

        assertThat(votes[0]).isZero();
        assertThat(votes[1]).isEqualTo(votes[2]);
    }
}
