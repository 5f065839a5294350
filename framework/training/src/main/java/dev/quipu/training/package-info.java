/** Fine-tuning on the machine that serves: low-rank adapters of a quantized model, from examples to a file. */
@NullMarked
package dev.quipu.training;

import org.jspecify.annotations.NullMarked;
