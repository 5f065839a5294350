package dev.quipu.rules;

import dev.quipu.Decision;
import dev.quipu.Decision.Outcome;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/**
 * Where rules state what they decide. Each rule file declares it as {@code global Decisions decisions}.
 *
 * <p>The name of the rule and the facts that it matched are recorded without the rule's doing:
 *
 * <pre>{@code
 * rule "an order that has left cannot be cancelled"
 * when
 *   Request(topic == "cancel")
 *   $order : Known(type == "order", text("status") != "pending")
 * then
 *   decisions.deny("cancel.not-pending").with("status", $order.text("status"));
 * end
 * }</pre>
 *
 * <p>Belongs to one call of the policy; not thread-safe.
 */
public final class Decisions {
    private static final Pattern REASON = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
    private static final Comparator<Entry> STRONGEST_FIRST = Comparator.<Entry, Outcome>comparing(e -> e.outcome)
            .thenComparing(e -> e.firing.salience(), Comparator.reverseOrder())
            .thenComparing(e -> e.firing.rule());

    private final List<Entry> entries = new ArrayList<>();
    private Firing firing = new Firing("", 0, List.of());

    Decisions() {}

    /** The request may not be served. */
    public Entry deny(String reason) {
        return add(Outcome.DENY, reason);
    }

    /** A person has to take over. */
    public Entry handOver(String reason) {
        return add(Outcome.HAND_OVER, reason);
    }

    /** The customer has to confirm first. */
    public Entry confirm(String reason) {
        return add(Outcome.CONFIRM, reason);
    }

    /** The request may be served. */
    public Entry allow(String reason) {
        return add(Outcome.ALLOW, reason);
    }

    /** Adds values; neither permits nor forbids. */
    public Entry inform(String reason) {
        return add(Outcome.INFORM, reason);
    }

    private Entry add(Outcome outcome, String reason) {
        if (!REASON.matcher(reason).matches()) {
            throw new RulesException(
                    RulesError.DECISION,
                    "The reason '%s' is no key. Use small letters, digits, dots and hyphens, as in cancel.not-pending."
                            .formatted(reason));
        }
        Entry entry = new Entry(firing, outcome, reason);
        entries.add(entry);
        return entry;
    }

    void fires(Firing now) {
        firing = now;
    }

    /** Strongest outcome first, then highest salience, then by name. What was said twice is there once. */
    List<Decision> strongestFirst() {
        return entries.stream()
                .sorted(STRONGEST_FIRST)
                .map(Entry::decision)
                .distinct()
                .toList();
    }

    /** The rule that is firing, and the ids of the facts it matched. */
    record Firing(String rule, int salience, List<String> facts) {}

    /** One decision while its rule completes it. */
    public static final class Entry {
        private final Firing firing;
        private final Outcome outcome;
        private final String reason;
        private final Map<String, Object> values = new LinkedHashMap<>();
        private final SequencedSet<String> facts;

        private Entry(Firing firing, Outcome outcome, String reason) {
            this.firing = firing;
            this.outcome = outcome;
            this.reason = reason;
            this.facts = new LinkedHashSet<>(firing.facts());
        }

        /**
         * Adds a value for the sentence that explains the decision: a text, a number, true or false, a date, or a list
         * of them.
         */
        public Entry with(String name, Object value) {
            values.put(name, plain(name, value));
            return this;
        }

        /** Cites a fact that the rule reached in another way than by matching it, such as through accumulate. */
        public Entry basedOn(Known... known) {
            for (Known fact : known) {
                facts.add(fact.id());
            }
            return this;
        }

        private Decision decision() {
            return new Decision(firing.rule(), outcome, reason, values, List.copyOf(facts));
        }

        private Object plain(String name, Object value) {
            return switch (value) {
                case String text -> text;
                case Boolean flag -> flag;
                case Byte n -> n.longValue();
                case Short n -> n.longValue();
                case Integer n -> n.longValue();
                case Long n -> n;
                case Float n -> n.doubleValue();
                case Double n -> n;
                case BigDecimal n -> n.doubleValue();
                case LocalDate date -> date.toString();
                case List<?> list ->
                    list.stream().map(each -> plain(name, each)).toList();
                case null ->
                    throw new RulesException(
                            RulesError.DECISION,
                            "The value %s of %s is null. Leave it out, or decide in another rule when it is missing."
                                    .formatted(name, reason));
                default ->
                    throw new RulesException(
                            RulesError.DECISION,
                            "The value %s of %s is a %s. Pass a text, a number, true or false, a date, or a list."
                                    .formatted(name, reason, value.getClass().getName()));
            };
        }
    }
}
