@NullMarked
package dev.quipu.llama.jni;

import org.jspecify.annotations.NullMarked;
