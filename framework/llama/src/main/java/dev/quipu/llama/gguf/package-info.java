/** GGUF files read in plain Java, in bounded memory, before native code sees them. */
@NullMarked
package dev.quipu.llama.gguf;

import org.jspecify.annotations.NullMarked;
