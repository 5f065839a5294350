package dev.quipu.codegen;

import java.time.Duration;

/**
 * What a request may cost. The loop ends at whichever is reached first, with the best that is there; a draft that runs is
 * waited for.
 *
 * @param tokens that the model may write, over all attempts
 * @param time from the request to the report
 * @param attempts drafts at most
 */
public record Budget(int tokens, Duration time, int attempts) {
    public static final Budget STANDARD = new Budget(6000, Duration.ofMinutes(5), 10);

    public Budget {
        if (tokens < 1 || attempts < 1 || !time.isPositive()) {
            throw new CodeException(
                    CodeError.OPTION,
                    "A budget has " + tokens + " tokens, " + time + " and " + attempts
                            + " attempts, but needs more than 0 of each.");
        }
    }

    public Budget withTokens(int value) {
        return new Budget(value, time, attempts);
    }

    public Budget withTime(Duration value) {
        return new Budget(tokens, value, attempts);
    }

    public Budget withAttempts(int value) {
        return new Budget(tokens, time, value);
    }
}
