/** Makes smaller files of models: llama.cpp's quantization in a process of its own, with progress and an end by request. */
@NullMarked
package dev.quipu.llama.quantize;

import org.jspecify.annotations.NullMarked;
