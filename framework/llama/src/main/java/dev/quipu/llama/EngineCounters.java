package dev.quipu.llama;

/**
 * What an engine has done since it was loaded, and what it does now. Snapshots of figures that only grow, but for the last
 * two.
 *
 * @param promptTokens tokens of prompts that were computed
 * @param cachedTokens tokens of prompts that did not have to be; 0 where the provider cannot tell
 * @param outputTokens tokens drawn
 * @param running generations that hold a sequence
 * @param waiting generations that wait for one
 */
public record EngineCounters(long promptTokens, long cachedTokens, long outputTokens, int running, int waiting) {
    /** The part of all prompt tokens that did not have to be computed, 0 to 1. */
    public double hitRate() {
        long all = promptTokens + cachedTokens;
        return all == 0 ? 0 : (double) cachedTokens / all;
    }
}
