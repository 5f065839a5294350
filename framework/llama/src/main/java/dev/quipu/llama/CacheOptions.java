package dev.quipu.llama;

import java.nio.file.Path;

/**
 * What an engine keeps of conversations that ended, so that a prompt which begins like one need not be computed again.
 *
 * <p>Spilling writes what was computed of long conversations, and their tokens, to disk when their cells are needed: who
 * reads the folder reads the conversations. It is therefore off unless a size is set, and the folder is made for its owner
 * only.
 *
 * @param prefixes conversations whose cells are kept at most; 0 keeps none and shares nothing
 * @param spillMebibytes disk space for evicted conversations of one model; 0 for none
 * @param spillTokens the shortest conversation that is worth a file
 * @param spillFolder where these files lie
 */
public record CacheOptions(int prefixes, int spillMebibytes, int spillTokens, Path spillFolder) {
    public CacheOptions {
        EngineOptions.check("cached-prefixes", prefixes, 0, 192);
        EngineOptions.check("spill-mebibytes", spillMebibytes, 0, 1 << 24);
        EngineOptions.check("spill-tokens", spillTokens, 16, 1 << 20);
    }
}
