package dev.quipu.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that grows at its end: the few operations whose failure the log must survive. */
interface AppendFile extends Closeable {
    /** Writes all bytes behind the current end. */
    void append(ByteBuffer bytes) throws IOException;

    /** Returns when everything appended so far survives a power failure. */
    void force() throws IOException;

    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
}
