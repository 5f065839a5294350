/** How well a model predicts a text, and how far it is from another model: what a quantization costs. */
@NullMarked
package dev.quipu.llama.quality;

import org.jspecify.annotations.NullMarked;
