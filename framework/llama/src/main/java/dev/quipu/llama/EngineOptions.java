package dev.quipu.llama;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * How a model is loaded.
 *
 * <p>{@link #builder} starts from the settings of the process; what is set on the builder wins. A setting is a system
 * property or, in its absence, an environment variable, and a {@code quipu.engine.} key that does not exist is an error.
 *
 * <table>
 *   <caption>Settings</caption>
 *   <tr><th>System property</th><th>Environment variable</th><th>Default</th></tr>
 *   <tr><td>{@code quipu.engine.provider}</td><td>{@code QUIPU_ENGINE_PROVIDER}</td><td>the first that works</td></tr>
 *   <tr><td>{@code quipu.engine.isolation}</td><td>{@code QUIPU_ENGINE_ISOLATION}</td><td>{@code none}</td></tr>
 *   <tr><td>{@code quipu.engine.context-size}</td><td>{@code QUIPU_ENGINE_CONTEXT_SIZE}</td><td>0</td></tr>
 *   <tr><td>{@code quipu.engine.sequences}</td><td>{@code QUIPU_ENGINE_SEQUENCES}</td><td>4</td></tr>
 *   <tr><td>{@code quipu.engine.threads}</td><td>{@code QUIPU_ENGINE_THREADS}</td><td>0</td></tr>
 *   <tr><td>{@code quipu.engine.batch-size}</td><td>{@code QUIPU_ENGINE_BATCH_SIZE}</td><td>512</td></tr>
 *   <tr><td>{@code quipu.engine.gpu-layers}</td><td>{@code QUIPU_ENGINE_GPU_LAYERS}</td><td>auto</td></tr>
 *   <tr><td>{@code quipu.engine.queue-limit}</td><td>{@code QUIPU_ENGINE_QUEUE_LIMIT}</td><td>64</td></tr>
 *   <tr><td>{@code quipu.engine.prefill-chunk}</td><td>{@code QUIPU_ENGINE_PREFILL_CHUNK}</td><td>128</td></tr>
 *   <tr><td>{@code quipu.engine.cached-prefixes}</td><td>{@code QUIPU_ENGINE_CACHED_PREFIXES}</td><td>64</td></tr>
 *   <tr><td>{@code quipu.engine.spill-mebibytes}</td><td>{@code QUIPU_ENGINE_SPILL_MEBIBYTES}</td><td>0</td></tr>
 *   <tr><td>{@code quipu.engine.spill-tokens}</td><td>{@code QUIPU_ENGINE_SPILL_TOKENS}</td><td>512</td></tr>
 *   <tr><td>{@code quipu.engine.spill-folder}</td><td>{@code QUIPU_ENGINE_SPILL_FOLDER}</td><td>{@code prefixes} in the
 *       cache folder</td></tr>
 *   <tr><td>{@code quipu.engine.weights}</td><td>{@code QUIPU_ENGINE_WEIGHTS}</td><td>{@code stored}</td></tr>
 * </table>
 *
 * @param model the GGUF file
 * @param contextSize tokens that all sequences share, each no more than the model was trained on; 0 for 4096 or the
 *     model's own limit, whichever is less
 * @param sequences conversations that decode side by side
 * @param threads CPU threads for decoding; 0 for the processors at hand
 * @param batchSize tokens that one pass computes at most; a long prompt is read in pieces of this size
 * @param gpuLayers layers on a GPU, where one is there; {@link #AUTOMATIC} for as many as its free memory holds
 * @param queueLimit requests that may wait
 * @param prefillChunk prompt tokens that a pass computes beside sequences that decode; fewer make these run smoother, more
 *     bring the first token of a long prompt earlier
 * @param cache what is kept of conversations that ended
 * @param weights how they are kept in memory ({@code quipu.engine.weights=batched})
 * @param isolated whether the engine runs in a process of its own, so that a crash of native code ends only that one, and
 *     its requests; it is started again ({@code quipu.engine.isolation=process})
 * @param progress hears how much of the model is read, 0 to 1
 */
public record EngineOptions(
        Path model,
        int contextSize,
        int sequences,
        int threads,
        int batchSize,
        int gpuLayers,
        int queueLimit,
        int prefillChunk,
        CacheOptions cache,
        Weights weights,
        boolean isolated,
        DoubleConsumer progress) {
    /** For {@code gpuLayers}: as many as fit. In a setting it is written {@code auto}. */
    public static final int AUTOMATIC = -1;

    public EngineOptions {
        check("context-size", contextSize, 0, 1 << 20);
        check("sequences", sequences, 1, 256);
        check("threads", threads, 0, 1024);
        check("batch-size", batchSize, 32, 1 << 15);
        check("gpu-layers", gpuLayers, AUTOMATIC, 10_000);
        check("queue-limit", queueLimit, 1, 100_000);
        check("prefill-chunk", prefillChunk, 1, 1 << 15);
    }

    static void check(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new EngineException(
                    EngineError.OPTION,
                    "quipu.engine." + name + " is " + value + ", but has to be from " + low + " to " + high + ".");
        }
    }

    /**
     * Options as the settings of this process say.
     *
     * @throws EngineException if a setting does not exist or is no number
     */
    public static Builder builder(Path model) {
        return new Builder(model, EngineSettings.ofProcess());
    }

    static Builder builder(Path model, EngineSettings settings) {
        return new Builder(model, settings);
    }

    /** The same, of another file. */
    EngineOptions of(Path file) {
        return new EngineOptions(
                file,
                contextSize,
                sequences,
                threads,
                batchSize,
                gpuLayers,
                queueLimit,
                prefillChunk,
                cache,
                weights,
                isolated,
                progress);
    }

    /** The settings, without {@code quipu.engine.}, that make the same options in another process. */
    public Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("isolation", isolated ? "process" : "none"),
                Map.entry("context-size", String.valueOf(contextSize)),
                Map.entry("sequences", String.valueOf(sequences)),
                Map.entry("threads", String.valueOf(threads)),
                Map.entry("batch-size", String.valueOf(batchSize)),
                Map.entry("gpu-layers", String.valueOf(gpuLayers)),
                Map.entry("queue-limit", String.valueOf(queueLimit)),
                Map.entry("prefill-chunk", String.valueOf(prefillChunk)),
                Map.entry("cached-prefixes", String.valueOf(cache.prefixes())),
                Map.entry("spill-mebibytes", String.valueOf(cache.spillMebibytes())),
                Map.entry("spill-tokens", String.valueOf(cache.spillTokens())),
                Map.entry("spill-folder", cache.spillFolder().toString()),
                Map.entry("weights", weights.name().toLowerCase(Locale.ROOT)));
    }

    /** Options with their defaults. */
    public static final class Builder {
        private final Path model;
        private int contextSize;
        private int sequences;
        private int threads;
        private int batchSize;
        private int gpuLayers;
        private int queueLimit;
        private int prefillChunk;
        private int cachedPrefixes;
        private int spillMebibytes;
        private int spillTokens;
        private Path spillFolder;
        private Weights weights;
        private boolean isolated;
        private DoubleConsumer progress = p -> {};

        private Builder(Path model, EngineSettings settings) {
            this.model = model;
            isolated = settings.isolated();
            weights = settings.weights();
            contextSize = settings.number("context-size", 0);
            sequences = settings.number("sequences", 4);
            threads = settings.number("threads", 0);
            batchSize = settings.number("batch-size", 512);
            boolean automatic = settings.text("gpu-layers").orElse("").equals("auto");
            gpuLayers = automatic ? AUTOMATIC : settings.number("gpu-layers", AUTOMATIC);
            queueLimit = settings.number("queue-limit", 64);
            prefillChunk = settings.number("prefill-chunk", 128);
            cachedPrefixes = settings.number("cached-prefixes", 64);
            spillMebibytes = settings.number("spill-mebibytes", 0);
            spillTokens = settings.number("spill-tokens", 512);
            spillFolder = settings.text("spill-folder")
                    .map(Path::of)
                    .orElseGet(() -> CacheFolder.base().resolve("prefixes"));
        }

        public Builder contextSize(int value) {
            contextSize = value;
            return this;
        }

        public Builder sequences(int value) {
            sequences = value;
            return this;
        }

        public Builder threads(int value) {
            threads = value;
            return this;
        }

        public Builder batchSize(int value) {
            batchSize = value;
            return this;
        }

        public Builder gpuLayers(int value) {
            gpuLayers = value;
            return this;
        }

        public Builder queueLimit(int value) {
            queueLimit = value;
            return this;
        }

        public Builder prefillChunk(int value) {
            prefillChunk = value;
            return this;
        }

        public Builder cachedPrefixes(int value) {
            cachedPrefixes = value;
            return this;
        }

        public Builder spillMebibytes(int value) {
            spillMebibytes = value;
            return this;
        }

        public Builder spillTokens(int value) {
            spillTokens = value;
            return this;
        }

        public Builder spillFolder(Path value) {
            spillFolder = value;
            return this;
        }

        public Builder weights(Weights value) {
            weights = value;
            return this;
        }

        /** Whether the engine runs in a process of its own. */
        public Builder isolated(boolean value) {
            isolated = value;
            return this;
        }

        public Builder progress(DoubleConsumer value) {
            progress = value;
            return this;
        }

        public EngineOptions build() {
            return new EngineOptions(
                    model,
                    contextSize,
                    sequences,
                    threads,
                    batchSize,
                    gpuLayers,
                    queueLimit,
                    prefillChunk,
                    new CacheOptions(cachedPrefixes, spillMebibytes, spillTokens, spillFolder),
                    weights,
                    isolated,
                    progress);
        }
    }
}
