@NullMarked
package dev.quipu.llama.gguf;

import org.jspecify.annotations.NullMarked;
