/** The engine on java-llama.cpp, whose libraries are inside its jar. */
@NullMarked
package dev.quipu.llama.jni;

import org.jspecify.annotations.NullMarked;
