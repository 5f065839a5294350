package dev.quipu.codegen;

import java.util.OptionalInt;

/**
 * A draft and what became of it.
 *
 * @param number from 1
 * @param kind why it was asked for
 * @param repairOf the attempt whose failure was shown to the model
 * @param code what was taken out of the reply; empty where there was none
 * @param stage how far it came
 * @param passed given tests that it passed
 * @param expected given tests
 * @param reason what was wrong with it, or why it was good enough
 * @param promptTokens tokens that the model read
 * @param outputTokens tokens that it wrote
 * @param seconds until its tests were through, since it was asked for
 */
public record Attempt(
        int number,
        Kind kind,
        OptionalInt repairOf,
        String code,
        Stage stage,
        int passed,
        int expected,
        String reason,
        int promptTokens,
        int outputTokens,
        double seconds) {
    /** Why a draft was asked for. */
    public enum Kind {
        FIRST,
        RESAMPLE,
        REPAIR
    }

    /** How far a draft came. */
    public enum Stage {
        /** The reply holds no code. */
        NO_CODE,
        /** CPython does not compile it. */
        SYNTAX_ERROR,
        /** It compiles but reads unknown names or modules, or does not define what was asked for. */
        INCOMPLETE,
        /** Tests failed. */
        FAILING,
        /** All given tests passed. */
        PASSING,
        /** It compiles, and no tests were given. */
        UNTESTED
    }
}
