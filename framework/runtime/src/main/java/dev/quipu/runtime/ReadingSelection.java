package dev.quipu.runtime;

import dev.quipu.Intent;
import dev.quipu.Question;
import dev.quipu.QuipuException;
import dev.quipu.Understanding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settles on one reading of a question: the one that stands clear, else the one that the chooser names, else, when
 * there is no chooser or it failed, the best one if its score is high enough. An answer says what it is about, so a customer
 * who meant the next best reading sees it.
 */
final class ReadingSelection {
    private static final int MAX_CHOICES = 4;
    private static final double GOOD_SCORE = 0.45;
    /** Below this a reading is so weak that asking back about it would confuse. */
    private static final double PLAUSIBLE_SCORE = 0.3;

    private final Optional<ReadingChooser> chooser;
    private final Duration chooserDeadline;

    ReadingSelection(Optional<ReadingChooser> chooser, Duration chooserDeadline) {
        this.chooser = chooser;
        this.chooserDeadline = chooserDeadline;
    }

    Selection select(Question question, Understanding understanding, TurnSteps steps) {
        List<Intent> readings = understanding.readings();
        if (readings.isEmpty()) {
            steps.add("choose", 0, "no reading");
            return new Selection.Unknown();
        }
        if (understanding.certain()) {
            steps.add("choose", 0, "certain: " + readings.getFirst().name());
            return new Selection.Chosen(readings.getFirst());
        }
        return chooser.map(by -> byModel(by, question, readings, steps)).orElseGet(() -> byScore(readings, steps));
    }

    private Selection byModel(ReadingChooser by, Question question, List<Intent> readings, TurnSteps steps) {
        List<Intent> offered = readings.subList(0, Math.min(readings.size(), MAX_CHOICES));
        try {
            return steps.run(
                            "choose",
                            chooserDeadline,
                            () -> by.choose(question, offered),
                            chosen -> note(chosen, offered))
                    .<Selection>map(Selection.Chosen::new)
                    .orElseGet(Selection.Unknown::new);
        } catch (QuipuException e) {
            return byScore(readings, steps);
        }
    }

    private static String note(Optional<Intent> chosen, List<Intent> offered) {
        return "model chose " + chosen.map(Intent::name).orElse("none") + " of " + offered.size();
    }

    private static Selection byScore(List<Intent> readings, TurnSteps steps) {
        Intent best = readings.getFirst();
        double next = readings.size() > 1 ? readings.get(1).score() : 0;
        String scores = "by score: " + best.name() + " %.2f, next %.2f".formatted(best.score(), next);
        if (best.score() >= GOOD_SCORE) {
            steps.add("choose", 0, scores);
            return new Selection.Chosen(best);
        }
        steps.add("choose", 0, scores + ": not clear");
        return best.score() >= PLAUSIBLE_SCORE ? new Selection.Unclear() : new Selection.Unknown();
    }
}
