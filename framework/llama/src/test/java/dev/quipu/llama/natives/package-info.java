@NullMarked
package dev.quipu.llama.natives;

import org.jspecify.annotations.NullMarked;
