@NullMarked
package dev.quipu.llama;

import org.jspecify.annotations.NullMarked;
