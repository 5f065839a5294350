package dev.quipu.llama;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalLong;

/** What this process has of the C library's memory, which holds models' caches and buffers. */
public final class NativeMemory {
    /** struct mallinfo2 of glibc: ten sizes. */
    private static final StructLayout INFO = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));

    private static final int MAPPED = 4;
    private static final int IN_USE = 7;

    private NativeMemory() {}

    /**
     * Bytes that the C library has handed out and not got back; empty where it is not glibc. Weights that are mapped from
     * a file are not in it.
     */
    public static OptionalLong inUse() {
        MemorySegment function =
                Linker.nativeLinker().defaultLookup().find("mallinfo2").orElse(MemorySegment.NULL);
        if (function.address() == 0) {
            return OptionalLong.empty();
        }
        MethodHandle call = Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(INFO));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment told = (MemorySegment) call.invoke((SegmentAllocator) arena);
            return OptionalLong.of(told.getAtIndex(JAVA_LONG, IN_USE) + told.getAtIndex(JAVA_LONG, MAPPED));
        } catch (Throwable e) {
            throw new EngineException(EngineError.DECODE, "A call into the C library failed: " + e, e);
        }
    }
}
