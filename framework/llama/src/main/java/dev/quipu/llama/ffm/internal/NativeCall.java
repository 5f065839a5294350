package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;

/** A call into C, whose method handles declare every throwable. */
interface NativeCall<T> {
    T run() throws Throwable;

    static <T> T call(NativeCall<T> call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new EngineException(EngineError.DECODE, "A call into llama.cpp failed: " + e, e);
        }
    }
}
