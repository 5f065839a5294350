package dev.quipu.llama;

/**
 * How the next token is drawn.
 *
 * @param temperature 0 takes the likeliest token, higher values spread the choice
 * @param topK keeps the k likeliest tokens; 0 keeps all
 * @param topP keeps the likeliest tokens whose probabilities add up to p
 * @param minP drops tokens less likely than this share of the likeliest
 * @param repetitionPenalty divides the logits of recent tokens; 1 for none
 * @param frequencyPenalty is subtracted for each time a token occurred
 * @param presencePenalty is subtracted once for a token that occurred
 * @param penaltyWindow recent tokens that penalties look at, those of the prompt included
 * @param seed of the draw; the same request with the same seed gives the same text
 * @param reported of how many of the likeliest tokens the probabilities are told with each token drawn; -1 for none, 0 for
 *     that of the drawn token alone
 */
public record Sampling(
        float temperature,
        int topK,
        float topP,
        float minP,
        float repetitionPenalty,
        float frequencyPenalty,
        float presencePenalty,
        int penaltyWindow,
        int seed,
        int reported) {
    /** Always the likeliest token. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 1, 0, 0, 64, 0, -1);

    /** A common choice for conversation. */
    public static final Sampling BALANCED = new Sampling(0.7f, 40, 0.95f, 0.05f, 1, 0, 0, 64, 42, -1);

    public Sampling {
        check("temperature", temperature, 0, 100);
        check("topK", topK, 0, 1_000_000);
        check("topP", topP, 0, 1);
        check("minP", minP, 0, 1);
        check("repetitionPenalty", repetitionPenalty, 0.01f, 10);
        check("frequencyPenalty", frequencyPenalty, -10, 10);
        check("presencePenalty", presencePenalty, -10, 10);
        check("penaltyWindow", penaltyWindow, 0, 4096);
        check("reported", reported, -1, 100);
    }

    private static void check(String name, float value, float low, float high) {
        if (!(value >= low && value <= high)) {
            throw new EngineException(
                    EngineError.OPTION, name + " is " + value + ", but has to be from " + low + " to " + high + ".");
        }
    }

    /** Whether any penalty is on. */
    public boolean penalises() {
        return repetitionPenalty != 1 || frequencyPenalty != 0 || presencePenalty != 0;
    }

    public Sampling withTemperature(float value) {
        return new Sampling(
                value,
                topK,
                topP,
                minP,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                seed,
                reported);
    }

    public Sampling withTopK(int value) {
        return new Sampling(
                temperature,
                value,
                topP,
                minP,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                seed,
                reported);
    }

    public Sampling withTopP(float value) {
        return new Sampling(
                temperature,
                topK,
                value,
                minP,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                seed,
                reported);
    }

    public Sampling withMinP(float value) {
        return new Sampling(
                temperature,
                topK,
                topP,
                value,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                seed,
                reported);
    }

    public Sampling withPenalties(float repetition, float frequency, float presence) {
        return new Sampling(
                temperature, topK, topP, minP, repetition, frequency, presence, penaltyWindow, seed, reported);
    }

    public Sampling withSeed(int value) {
        return new Sampling(
                temperature,
                topK,
                topP,
                minP,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                value,
                reported);
    }

    /** Asks for the probabilities of so many likeliest tokens with each token drawn; -1 for none. */
    public Sampling withReported(int value) {
        return new Sampling(
                temperature,
                topK,
                topP,
                minP,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                seed,
                value);
    }
}
