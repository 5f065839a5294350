package dev.quipu.rules;

import dev.quipu.Decision;
import dev.quipu.Decision.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;

/**
 * Collects what rules decide; rules see it as the global {@code decisions}. It hears which rule fires, so a decision always
 * carries the name of the rule that made it. Values are pairs of name and value.
 */
public final class Decisions extends DefaultAgendaEventListener {
    private final List<Decision> made = new ArrayList<>();
    private String firing = "";

    @Override
    public void beforeMatchFired(BeforeMatchFiredEvent event) {
        firing = event.getMatch().getRule().getName();
    }

    public void deny(String reason, List<Known> facts, Object... values) {
        add(Outcome.DENY, reason, facts, values);
    }

    public void handOver(String reason, List<Known> facts, Object... values) {
        add(Outcome.HAND_OVER, reason, facts, values);
    }

    public void confirm(String reason, List<Known> facts, Object... values) {
        add(Outcome.CONFIRM, reason, facts, values);
    }

    public void allow(String reason, List<Known> facts, Object... values) {
        add(Outcome.ALLOW, reason, facts, values);
    }

    public void inform(String reason, List<Known> facts, Object... values) {
        add(Outcome.INFORM, reason, facts, values);
    }

    private void add(Outcome outcome, String reason, List<Known> facts, Object... values) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i + 1 < values.length; i += 2) {
            named.put(String.valueOf(values[i]), values[i + 1]);
        }
        made.add(new Decision(
                firing, outcome, reason, named, facts.stream().map(Known::getId).toList()));
    }

    /** Strongest outcome first; among equals in the order in which the rules fired, which is by salience. */
    List<Decision> sorted() {
        return made.stream()
                .sorted(java.util.Comparator.comparing(Decision::outcome))
                .toList();
    }
}
