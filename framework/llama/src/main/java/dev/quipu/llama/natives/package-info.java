/** The llama.cpp shared libraries: found on the class path, checked, and unpacked once for all processes. */
@NullMarked
package dev.quipu.llama.natives;

import org.jspecify.annotations.NullMarked;
