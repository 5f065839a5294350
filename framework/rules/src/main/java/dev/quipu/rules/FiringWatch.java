package dev.quipu.rules;

import java.time.Duration;
import java.util.List;
import org.drools.core.rule.consequence.InternalMatch;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.rule.Match;

/** Tells the decisions which rule fires, and stops rules that fire too often or too long. */
final class FiringWatch extends DefaultAgendaEventListener {
    private final Decisions decisions;
    private final int fireLimit;
    private final Duration deadline;
    private final long start = System.nanoTime();
    private int fired;

    FiringWatch(Decisions decisions, int fireLimit, Duration deadline) {
        this.decisions = decisions;
        this.fireLimit = fireLimit;
        this.deadline = deadline;
    }

    @Override
    public void beforeMatchFired(BeforeMatchFiredEvent event) {
        Match match = event.getMatch();
        String rule = match.getRule().getName();
        fired++;
        if (fired > fireLimit) {
            throw new RulesException(
                    RulesError.FIRE_LIMIT,
                    "Rules fired %d times, the last one \"%s\". Correct rules that set each other off, or raise"
                                    .formatted(fireLimit, rule)
                            + " the fire limit.");
        }
        long nanos = System.nanoTime() - start;
        if (nanos > deadline.toNanos()) {
            throw new RulesException(
                    RulesError.DEADLINE,
                    "Rules took %d ms of %d ms and fired %d times, the last one \"%s\". Make them cheaper, or raise"
                                    .formatted(nanos / 1_000_000, deadline.toMillis(), fired, rule)
                            + " the deadline.");
        }
        decisions.fires(new Decisions.Firing(rule, salience(match), factsOf(match)));
    }

    private static int salience(Match match) {
        return match instanceof InternalMatch internal ? internal.getSalience() : 0;
    }

    private static List<String> factsOf(Match match) {
        return match.getObjects().stream()
                .filter(Known.class::isInstance)
                .map(fact -> ((Known) fact).id())
                .toList();
    }
}
