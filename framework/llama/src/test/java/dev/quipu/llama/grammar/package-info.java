@NullMarked
package dev.quipu.llama.grammar;

import org.jspecify.annotations.NullMarked;
