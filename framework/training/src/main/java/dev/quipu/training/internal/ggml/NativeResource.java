package dev.quipu.training.internal.ggml;

/** Memory that is not the JVM's, and is given back on closing. */
public interface NativeResource extends AutoCloseable {
    @Override
    void close();
}
