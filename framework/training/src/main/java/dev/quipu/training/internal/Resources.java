package dev.quipu.training.internal;

import dev.quipu.training.internal.ggml.NativeResource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, the last first. */
final class Resources implements AutoCloseable {
    private final Deque<Runnable> opened = new ArrayDeque<>();

    <T extends NativeResource> T add(T resource) {
        opened.push(resource::close);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
