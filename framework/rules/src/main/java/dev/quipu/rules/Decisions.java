package dev.quipu.rules;

import dev.quipu.Decision;
import dev.quipu.Decision.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.runtime.rule.RuleContext;

/**
 * Collects what rules decide; rules see it as the global {@code decisions} and pass {@code drools}, from which the rule's
 * name is read. Values are pairs of name and value.
 */
public final class Decisions {
    private final List<Decision> made = new ArrayList<>();

    public void deny(RuleContext rule, String reason, List<Known> facts, Object... values) {
        add(rule, Outcome.DENY, reason, facts, values);
    }

    public void handOver(RuleContext rule, String reason, List<Known> facts, Object... values) {
        add(rule, Outcome.HAND_OVER, reason, facts, values);
    }

    public void confirm(RuleContext rule, String reason, List<Known> facts, Object... values) {
        add(rule, Outcome.CONFIRM, reason, facts, values);
    }

    public void allow(RuleContext rule, String reason, List<Known> facts, Object... values) {
        add(rule, Outcome.ALLOW, reason, facts, values);
    }

    public void inform(RuleContext rule, String reason, List<Known> facts, Object... values) {
        add(rule, Outcome.INFORM, reason, facts, values);
    }

    private void add(RuleContext rule, Outcome outcome, String reason, List<Known> facts, Object... values) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i + 1 < values.length; i += 2) {
            named.put(String.valueOf(values[i]), values[i + 1]);
        }
        made.add(new Decision(
                rule.getRule().getName(),
                outcome,
                reason,
                named,
                facts.stream().map(Known::getId).toList()));
    }

    /** Strongest outcome first; among equals in the order in which the rules fired, which is by salience. */
    List<Decision> sorted() {
        return made.stream()
                .sorted(java.util.Comparator.comparing(Decision::outcome))
                .toList();
    }
}
