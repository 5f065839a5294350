package dev.quipu.samples.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is learnt and what is examined have nothing in common but the shop. */
class TicketSplitsTest {
    private static final long SEED = 42;
    private static final Desk DESK = Desk.read(Path.of(""), SEED);
    private static final Catalogue CATALOGUE = Catalogue.read(Path.of("suites/shop/data"));

    private static Exercises exercises(Split split) {
        return Exercises.write(DESK, CATALOGUE, split, 200, SEED);
    }

    @ParameterizedTest
    @CsvSource({"TRAIN,TEST", "TRAIN,VALIDATION", "VALIDATION,TEST"})
    void wordingsOfOneSplitAreLikeNoneOfAnother(Split one, Split other) {
        for (TicketKind kind : DESK.kinds()) {
            for (String wording : kind.wordings().get(one)) {
                Set<String> words = WordingFamilies.words(wording);

                assertThat(kind.wordings().get(other))
                        .as(kind.label() + ": " + wording)
                        .noneMatch(w ->
                                WordingFamilies.likeness(words, WordingFamilies.words(w)) >= WordingFamilies.ALIKE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TRAIN,TEST", "TRAIN,VALIDATION", "VALIDATION,TEST"})
    void noProductOrderNameOrSurroundingIsInTwoSplits(Split one, Split other) {
        assertThat(entities(one)).isNotEmpty().doesNotContainAnyElementsOf(entities(other));
    }

    private static Set<String> entities(Split split) {
        Catalogue of = CATALOGUE.of(split);
        Set<String> entities = new HashSet<>(of.orders());
        of.products().forEach(p -> entities.add(p.name().toLowerCase(Locale.ROOT)));
        entities.addAll(DESK.around().get(split));
        DESK.names().get(split).values().forEach(entities::addAll);
        return entities;
    }

    @Test
    void whatIsExaminedWasNeverLearnt() {
        Set<String> learnt = questions(Split.TRAIN);

        assertThat(questions(Split.TEST)).doesNotContainAnyElementsOf(learnt);
        assertThat(exercises(Split.TEST).all())
                .extracting(e -> e.ticket().named().get("product"))
                .doesNotContainAnyElementsOf(products(Split.TRAIN));
    }

    private static Set<String> questions(Split split) {
        return exercises(split).all().stream().map(Exercise::question).collect(Collectors.toSet());
    }

    private static List<String> products(Split split) {
        List<String> products = new ArrayList<>();
        for (Catalogue.Product product : CATALOGUE.of(split).products()) {
            products.add(product.name());
            products.add(product.name().toLowerCase(Locale.ROOT));
        }
        return products;
    }

    @ParameterizedTest
    @EnumSource(Split.class)
    void everySplitHasEveryKindOfEveryTask(Split split) {
        Exercises exercises = exercises(split);

        for (Task task : Task.values()) {
            assertThat(exercises.of(task))
                    .extracting(e -> e.ticket().kind().label())
                    .containsAll(DESK.kinds().stream().map(TicketKind::label).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Split.class)
    void theDesksOwnAnswersAreRight(Split split) {
        assertThat(exercises(split).all())
                .allSatisfy(e -> assertThat(e.right(e.gold())).as(e.json()).isTrue());
    }

    @Test
    void noPlaceIsLeftUnfilled() {
        assertThat(exercises(Split.TRAIN).all())
                .allSatisfy(e -> assertThat(e.ticket().message()
                                + e.ticket().facts()
                                + e.ticket().answer())
                        .doesNotContain("{", "}"));
    }

    @Test
    void theSameSeedWritesTheSameTickets() {
        assertThat(exercises(Split.TEST)).isEqualTo(exercises(Split.TEST));
        assertThat(Exercises.write(DESK, CATALOGUE, Split.TEST, 200, SEED + 1)).isNotEqualTo(exercises(Split.TEST));
    }
}
