@NullMarked
package dev.quipu.llama.ffm.internal;

import org.jspecify.annotations.NullMarked;
