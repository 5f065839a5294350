@NullMarked
package dev.quipu.llama.quality;

import org.jspecify.annotations.NullMarked;
