/**
 * Raw rows become examples to learn from: duplicates and poor texts go, personal data is masked, and what is alike stays in
 * one part.
 */
@NullMarked
package dev.quipu.training.data;

import org.jspecify.annotations.NullMarked;
