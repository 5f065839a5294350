@NullMarked
package dev.quipu.llama.quantize;

import org.jspecify.annotations.NullMarked;
