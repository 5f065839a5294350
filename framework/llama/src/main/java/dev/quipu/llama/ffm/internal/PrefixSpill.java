package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.CacheOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries prefixes between the KV cache and the disk. Files are read by the thread that asks for a generation and written
 * by one of its own, so that the loop waits for no disk.
 */
final class PrefixSpill implements PrefixCache.EvictionListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PrefixSpill.class);
    /** States in memory that wait to be written. */
    private static final int PENDING = 4;
    /** Tokens that reading back has to save beyond what the cells have. */
    private static final int WORTH_RESTORING = 64;

    private final NativeContext context;
    private final EngineMeter meter;
    private final @Nullable SpillStore store;
    private final AtomicInteger pending = new AtomicInteger();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("quipu-llama-spill").daemon().factory());

    /** @param store empty when nothing is spilled */
    PrefixSpill(NativeContext context, EngineMeter meter, Optional<SpillStore> store) {
        this.context = context;
        this.meter = meter;
        this.store = store.orElse(null);
    }

    static boolean wanted(CacheOptions options) {
        return options.spillMebibytes() > 0 && options.prefixes() > 0;
    }

    /** What the disk has of a prompt. */
    Optional<SpilledPrefix> find(String key, int[] prompt) {
        return store == null ? Optional.empty() : store.find(key, prompt);
    }

    /** Puts a prefix that was read back in the place of what the cells have of a task, if that is much less. */
    void restore(Task task, PrefixCache cache) {
        if (task.spilled().isEmpty()) {
            return;
        }
        SpilledPrefix prefix = task.spilled().get();
        Held held = task.held();
        int common = Math.min(prefix.common(held.tokens), held.tokens.length - 1);
        int cells = prefix.tokens().size();
        if (common < cache.computed(held) + WORTH_RESTORING || !cache.room(cells)) {
            return;
        }
        if (context.restore(held.sequence, prefix.state())) {
            cache.replaced(held, cells);
            cache.cut(held, common);
            meter.restored.increment();
        } else {
            log.warn("llama.cpp did not take a spilled prefix; it is computed again");
            cache.discard(held);
        }
    }

    /** The state is freed by the writer, when it is on disk. */
    @Override
    @SuppressWarnings("MustBeClosedChecker")
    public void evicting(Held idle) {
        if (store == null || !store.worth(idle.tokens.length) || store.has(idle.key, idle.tokens)) {
            return;
        }
        if (pending.incrementAndGet() > PENDING) {
            pending.decrementAndGet();
            return;
        }
        Arena arena = Arena.ofShared();
        MemorySegment state = context.state(idle.sequence, arena);
        String key = idle.key;
        int[] tokens = idle.tokens;
        writer.execute(() -> {
            try (arena) {
                store.save(key, tokens, state);
                meter.spilled.increment();
            } catch (IOException e) {
                log.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .log("A prefix could not be written to disk; it is computed again");
            } finally {
                pending.decrementAndGet();
            }
        });
    }

    /** Waits for the last files. */
    @Override
    public void close() {
        writer.close();
    }
}
