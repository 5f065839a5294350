package dev.quipu.llama;

/**
 * What a provider can do.
 *
 * @param provider its name: {@code native} or {@code jni}
 * @param grammar output bound to a grammar
 * @param parallel several sequences in one batch
 * @param prefixReuse a prompt's known beginning is not computed again
 */
public record EngineCapabilities(String provider, boolean grammar, boolean parallel, boolean prefixReuse) {}
