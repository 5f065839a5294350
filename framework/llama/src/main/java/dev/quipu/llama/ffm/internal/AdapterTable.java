package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.AdapterUse;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.gguf.AdapterCheck;
import dev.quipu.llama.gguf.GgufException;
import dev.quipu.llama.gguf.GgufFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The adapters by their names. One that was unloaded stays in memory until the last request that uses it has ended.
 * Thread-safe; what touches native memory is handed to the loop's thread.
 */
final class AdapterTable {
    private final NativeContext context;
    private final LoopThread loop;
    private final Path model;
    private final Map<String, LoadedAdapter> loaded = new TreeMap<>();

    AdapterTable(NativeContext context, LoopThread loop, Path model) {
        this.context = context;
        this.loop = loop;
        this.model = model;
    }

    void load(String name, Path file) {
        AdapterUse.of(name);
        requireFree(name);
        String identity;
        try {
            AdapterCheck.require(file, GgufFile.read(model));
            identity = HexFormat.of().formatHex(Hashes.file(file));
        } catch (GgufException | UncheckedIOException e) {
            throw new EngineException(EngineError.ADAPTER, file + " is not loaded: " + e.getMessage(), e);
        }
        loop.call(() -> {
            synchronized (this) {
                requireFree(name);
                loaded.put(name, new LoadedAdapter(name, identity, context.loadAdapter(file)));
            }
            return true;
        });
    }

    private synchronized void requireFree(String name) {
        if (loaded.containsKey(name)) {
            throw new EngineException(
                    EngineError.ADAPTER,
                    "An adapter of the name '" + name + "' is loaded already. Unload it first or choose another name.");
        }
    }

    synchronized void unload(String name) {
        LoadedAdapter adapter = named(name);
        loaded.remove(name);
        adapter.unloaded = true;
        freeIfUnused(adapter);
    }

    synchronized List<String> names() {
        return List.copyOf(loaded.keySet());
    }

    /** The set that a request wants, in use until it is released. */
    synchronized AdapterSet acquire(List<AdapterUse> uses) {
        if (uses.isEmpty()) {
            return AdapterSet.NONE;
        }
        List<AdapterSet.Part> parts = uses.stream()
                .sorted(Comparator.comparing(AdapterUse::name))
                .map(use -> new AdapterSet.Part(named(use.name()), use.scale()))
                .toList();
        parts.forEach(part -> part.adapter().users++);
        String key = parts.stream()
                .map(part -> part.adapter().identity + ":" + part.scale())
                .sorted()
                .collect(Collectors.joining(","));
        return new AdapterSet(key, parts);
    }

    synchronized void release(AdapterSet set) {
        for (AdapterSet.Part part : set.parts()) {
            part.adapter().users--;
            freeIfUnused(part.adapter());
        }
    }

    private void freeIfUnused(LoadedAdapter adapter) {
        if (adapter.unloaded && adapter.users == 0) {
            loop.post(() -> context.freeAdapter(adapter.handle));
        }
    }

    private LoadedAdapter named(String name) {
        LoadedAdapter adapter = loaded.get(name);
        if (adapter == null) {
            throw new EngineException(
                    EngineError.ADAPTER_UNKNOWN,
                    "No adapter is loaded under the name '" + name + "', only " + loaded.keySet() + ".");
        }
        return adapter;
    }
}
