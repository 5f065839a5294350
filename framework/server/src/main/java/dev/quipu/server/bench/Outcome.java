package dev.quipu.server.bench;

/**
 * What became of a request, in seconds from when it was sent.
 *
 * @param promptTokens of them those that were computed or taken from a cache; 0 where the target does not tell
 * @param failure why it failed, empty when it did not
 */
record Outcome(double firstToken, double total, int promptTokens, int outputTokens, String failure) {
    static Outcome failed(String reason) {
        return new Outcome(0, 0, 0, 0, reason);
    }

    boolean ok() {
        return failure.isEmpty();
    }

    /** @throws BenchException if the request failed where none may */
    Outcome require() {
        if (!ok()) {
            throw new BenchException(BenchError.PEER, "A request failed: " + failure);
        }
        return this;
    }
}
