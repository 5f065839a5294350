package dev.quipu.llama;

/**
 * What a provider can do.
 *
 * @param provider its name: {@code native} or {@code jni}
 * @param grammar output bound to a grammar
 * @param parallel several sequences in one batch
 * @param prefixReuse a prompt's known beginning is not computed again
 * @param demand a reader that stops reading stops the decoding; without it, at most the request's tokens are decoded ahead
 * @param literalSpecials the texts of special tokens can be tokenised as ordinary text
 * @param exactUsage token counts of results are exact; without it, those of output are counted anew from its text
 * @param adapters LoRA adapters are loaded and unloaded while it serves
 * @param fairness tenants share it by weight, and priorities count
 */
public record EngineCapabilities(
        String provider,
        boolean grammar,
        boolean parallel,
        boolean prefixReuse,
        boolean demand,
        boolean literalSpecials,
        boolean exactUsage,
        boolean adapters,
        boolean fairness) {}
