/** The native engine: bindings of the C API by FFM and the decode loop on them. */
@NullMarked
package dev.quipu.llama.ffm.internal;

import org.jspecify.annotations.NullMarked;
