package dev.quipu.codegen;

import java.time.Duration;

/**
 * A move of the loop.
 *
 * @param state where the loop is
 * @param attempt the draft that it is about, from 1; 0 where it is about none
 * @param note what happened, for people
 * @param at time since the request
 */
public record Step(State state, int attempt, String note, Duration at) {
    /**
     * The states of the loop.
     *
     * <pre>
     * READ ─▶ DRAFT ─▶ CHECK ─▶ TEST ─┬─▶ SELECT ─▶ DONE
     *           ▲        │            │
     *           └────────┴────────────┘  while drafts fail, tests disagree, and the budget lasts
     * </pre>
     */
    public enum State {
        /** The request is read: the name that is asked for, its examples, its tests. */
        READ,
        /** The model writes: anew, or again with the evidence of a failure. */
        DRAFT,
        /** Code is taken out of the reply and compiled; unknown names and modules are looked for. */
        CHECK,
        /** The given tests run. */
        TEST,
        /** The best drafts are compared with each other. */
        SELECT,
        /** The report is there. */
        DONE
    }
}
