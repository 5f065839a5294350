/**
 * ggml by FFM: tensors, operations, graphs and the backend that computes them. Every shape is checked in Java before ggml
 * sees it, because an assertion in ggml ends the JVM.
 */
@NullMarked
package dev.quipu.training.internal.ggml;

import org.jspecify.annotations.NullMarked;
