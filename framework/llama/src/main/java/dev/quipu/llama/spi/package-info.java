/** What providers of engines share: the reader's side of a generation, its text, and prompts of conversations. */
@NullMarked
package dev.quipu.llama.spi;

import org.jspecify.annotations.NullMarked;
