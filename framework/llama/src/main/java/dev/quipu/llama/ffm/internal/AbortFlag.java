package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * What llama.cpp asks before each operation of a pass: whether to give up.
 *
 * <p>It asks some hundred times a token while its other threads wait, too often for a call into Java. The C library has a
 * function of that kind: the length of a string of one character is true, that of an empty one false.
 */
record AbortFlag(MemorySegment callback, MemorySegment data) {
    private static final VarHandle BYTE = JAVA_BYTE.varHandle();

    AbortFlag(Arena arena) {
        this(Linker.nativeLinker().defaultLookup().findOrThrow("strlen"), arena.allocate(2));
    }

    /** Has the pass that runs, and all that follow, end early. */
    void raise() {
        BYTE.setVolatile(data, 0L, (byte) 1);
    }
}
