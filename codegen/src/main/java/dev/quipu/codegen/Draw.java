package dev.quipu.codegen;

/**
 * How a reply is drawn.
 *
 * @param temperature 0 for the likeliest reply
 * @param seed tells draws of one conversation apart, where the model takes a seed
 * @param maxTokens tokens of the reply at most
 */
public record Draw(double temperature, int seed, int maxTokens) {
    public Draw {
        if (!(temperature >= 0 && temperature <= 2) || maxTokens < 1) {
            throw new CodeException(
                    CodeError.OPTION,
                    "A draw has temperature " + temperature + " and at most " + maxTokens
                            + " tokens, but needs 0 to 2 and at least 1.");
        }
    }
}
