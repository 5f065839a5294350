package dev.quipu.llama;

/**
 * What a loaded model says of itself.
 *
 * @param description architecture, size and quantization in words
 * @param contextSize tokens that its sequences share as loaded
 * @param trainedContext tokens it was trained on
 * @param vocabulary number of tokens
 * @param parameters number of weights
 * @param chatTemplate the source of its chat template, empty when it has none
 * @param bosToken text of the token that begins a text, empty when there is none
 * @param eosToken text of the token that ends one
 */
public record ModelInfo(
        String description,
        int contextSize,
        int trainedContext,
        int vocabulary,
        long parameters,
        String chatTemplate,
        String bosToken,
        String eosToken) {}
