package dev.quipu.llama.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads from a stream that may fall silent: it is closed when a read takes too long, which ends the read. */
final class StallGuard implements AutoCloseable {
    private final InputStream in;
    private final Duration patience;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("quipu-pull-watch").daemon().factory());
    private volatile boolean stalled;

    StallGuard(InputStream in, Duration patience) {
        this.in = in;
        this.patience = patience;
    }

    int read(byte[] buffer) throws IOException {
        ScheduledFuture<?> alarm = watch.schedule(this::cut, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            int count = in.read(buffer);
            if (stalled) {
                throw silent(null);
            }
            return count;
        } catch (IOException e) {
            throw stalled ? silent(e) : e;
        } finally {
            alarm.cancel(false);
        }
    }

    private IOException silent(@Nullable IOException cause) {
        return new IOException("the server sent nothing for " + patience.toMillis() + " ms", cause);
    }

    private void cut() {
        stalled = true;
        try {
            in.close();
        } catch (IOException e) {
            // The read fails all the same, which is what this is for.
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
