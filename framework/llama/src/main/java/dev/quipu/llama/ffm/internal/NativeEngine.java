package dev.quipu.llama.ffm.internal;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.quipu.llama.CacheOptions;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineCapabilities;
import dev.quipu.llama.EngineCounters;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineMetrics;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.ModelInfo;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.spi.ChatPrompts;
import dev.quipu.llama.spi.SpecialTexts;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** llama.cpp through FFM. Everything that touches the context runs on the engine's own thread. */
final class NativeEngine implements Engine {
    private static final EngineCapabilities CAPABILITIES =
            new EngineCapabilities("native", true, true, true, true, true, true, true, true);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("quipu-llama").daemon().factory());
    /** Readers use the model's vocabulary; the writer frees it. */
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

    private final NativeContext context;
    private final LoopThread work = new LoopThread();
    private final AdapterTable adapters;
    private final PrefixSpill spill;
    private final DecodeLoop loop;
    private final ChatPrompts prompts;
    private final ModelInfo info;
    private boolean closed;

    NativeEngine(Llama llama, EngineOptions options) {
        Optional<SpillStore> store = store(options);
        try {
            context = CompletableFuture.supplyAsync(() -> new NativeContext(llama, options), thread)
                    .join();
        } catch (CompletionException e) {
            thread.shutdown();
            throw e.getCause() instanceof EngineException cause
                    ? cause
                    : new EngineException(EngineError.MODEL, options.model() + " does not load: " + e.getCause(), e);
        }
        info = describe(llama);
        prompts = new ChatPrompts(info, () -> SpecialTexts.of(options.model()));
        adapters = new AdapterTable(context, work, options.model());
        EngineMeter meter = new EngineMeter();
        spill = new PrefixSpill(context, meter, store);
        loop = new DecodeLoop(llama, context, work, adapters, spill, meter, options);
        thread.execute(loop);
    }

    private static Optional<SpillStore> store(EngineOptions options) {
        CacheOptions cache = options.cache();
        if (!PrefixSpill.wanted(cache)) {
            return Optional.empty();
        }
        try {
            byte[] identity =
                    Hashes.model(options.model(), GgufFile.read(options.model()), Layouts.RELEASES.toString());
            long limit = (long) cache.spillMebibytes() << 20;
            return Optional.of(
                    new SpillStore(cache.spillFolder(), identity, limit, cache.spillTokens(), Clock.systemUTC()));
        } catch (UncheckedIOException e) {
            throw new EngineException(
                    EngineError.OPTION,
                    e.getMessage() + ": " + e.getCause() + ". Set quipu.engine.spill-folder to another folder.",
                    e);
        }
    }

    private ModelInfo describe(Llama llama) {
        MemorySegment model = context.model();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(256);
            NativeCall.call(() -> (int) llama.modelDescription.invoke(model, text, 256L));
            MemorySegment template =
                    NativeCall.call(() -> (MemorySegment) llama.modelChatTemplate.invoke(model, MemorySegment.NULL));
            return new ModelInfo(
                    text.getString(0),
                    context.size(),
                    NativeCall.call(() -> (int) llama.modelTrainedContext.invoke(model)),
                    context.vocabulary().size(),
                    NativeCall.call(() -> (long) llama.modelParameters.invoke(model)),
                    Llama.string(template),
                    context.vocabulary().bos(),
                    context.vocabulary().eos());
        }
    }

    @Override
    public EngineCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public ModelInfo model() {
        return info;
    }

    @Override
    public int[] tokenize(String text, boolean special) {
        return whileOpen(() -> context.vocabulary().tokenize(text, false, special));
    }

    @Override
    public String detokenize(int[] tokens, boolean special) {
        return whileOpen(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int token : tokens) {
                bytes.writeBytes(context.vocabulary().piece(token, special));
            }
            return bytes.toString(StandardCharsets.UTF_8);
        });
    }

    @Override
    public EngineCounters counters() {
        return loop.counters();
    }

    @Override
    public EngineMetrics metrics() {
        return loop.metrics();
    }

    @Override
    public void loadAdapter(String name, Path file) {
        whileOpen(() -> {
            adapters.load(name, file);
            return true;
        });
    }

    @Override
    public void unloadAdapter(String name) {
        whileOpen(() -> {
            adapters.unload(name);
            return true;
        });
    }

    @Override
    public List<String> adapters() {
        return adapters.names();
    }

    @Override
    public String chatPrompt(List<ChatMessage> messages, List<ToolSpecification> tools) {
        return prompts.render(messages, tools);
    }

    @Override
    public String infillPrompt(String prefix, String suffix) {
        return prompts.infill(prefix, suffix);
    }

    @Override
    public boolean infills() {
        return prompts.infills();
    }

    @Override
    public Generation generate(GenerationRequest request) {
        return whileOpen(() -> {
            // A chat template may have written the beginning of the text itself.
            boolean begun = !info.bosToken().isEmpty() && request.prompt().startsWith(info.bosToken());
            return loop.submit(request, context.vocabulary().tokenize(request.prompt(), !begun, true));
        });
    }

    private <T> T whileOpen(java.util.function.Supplier<T> work) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new EngineException(EngineError.CLOSED, "The engine is closed. Load it again.");
            }
            return work.get();
        } finally {
            open.readLock().unlock();
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            loop.close();
            thread.execute(context::close);
            thread.close();
            spill.close();
        } finally {
            open.writeLock().unlock();
        }
    }
}
