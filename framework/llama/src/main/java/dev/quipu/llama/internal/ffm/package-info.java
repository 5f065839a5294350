/** The native engine: bindings of the C API by FFM and the decode loop on them. */
@NullMarked
package dev.quipu.llama.internal.ffm;

import org.jspecify.annotations.NullMarked;
