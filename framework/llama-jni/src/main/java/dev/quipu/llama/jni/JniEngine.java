package dev.quipu.llama.jni;

import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineBusyException;
import dev.quipu.llama.EngineCapabilities;
import dev.quipu.llama.EngineCounters;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.ModelInfo;
import dev.quipu.llama.Share;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTokens;
import dev.quipu.llama.spi.ChatPrompts;
import dev.quipu.llama.spi.SpecialTexts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * llama.cpp through java-llama.cpp. A platform thread for each sequence receives its tokens, another one tokenises; no
 * caller's thread enters the library, which would pin a virtual one.
 */
final class JniEngine implements Engine {
    private static final EngineCapabilities CAPABILITIES =
            new EngineCapabilities("jni", true, true, false, false, false, false, false, false);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int DEFAULT_CONTEXT = 4096;

    private final LlamaModel model;
    private final ExecutorService tokenizer;
    private final ThreadPoolExecutor sequences;
    private final Set<Pump> running = ConcurrentHashMap.newKeySet();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder outputTokens = new LongAdder();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ModelInfo info;
    private final ChatPrompts prompts;
    private final Vocabulary vocabulary;
    private final EngineOptions options;

    private JniEngine(
            EngineOptions options,
            ModelInfo info,
            ChatPrompts prompts,
            Vocabulary vocabulary,
            LlamaModel model,
            ExecutorService own) {
        this.options = options;
        this.info = info;
        this.model = model;
        this.tokenizer = own;
        this.prompts = prompts;
        this.vocabulary = vocabulary;
        this.sequences = new ThreadPoolExecutor(
                options.sequences(),
                options.sequences(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(options.queueLimit()),
                threads());
    }

    static JniEngine load(EngineOptions options, GgufFile file) {
        GgufTokens tokens = GgufTokens.read(options.model(), file);
        ModelInfo info = Descriptions.of(file, tokens, contextSize(options, file));
        ExecutorService own = Executors.newSingleThreadExecutor(threads());
        try {
            options.progress().accept(0);
            LlamaModel model = CompletableFuture.supplyAsync(() -> new LlamaModel(parameters(options, info)), own)
                    .join();
            options.progress().accept(1);
            ChatPrompts prompts = new ChatPrompts(info, () -> SpecialTexts.of(tokens));
            return new JniEngine(options, info, prompts, new Vocabulary(model, file, tokens, info), model, own);
        } catch (CompletionException e) {
            own.shutdown();
            throw new EngineException(
                    EngineError.MODEL,
                    "java-llama.cpp cannot load " + options.model() + ": " + e.getCause() + ". Pull the model again.",
                    e);
        }
    }

    private static ThreadFactory threads() {
        return Thread.ofPlatform().name("quipu-llama-jni-", 0).daemon().factory();
    }

    private static int contextSize(EngineOptions options, GgufFile file) {
        int trained = Descriptions.trainedContext(file);
        int wanted = options.contextSize() == 0 ? Math.min(DEFAULT_CONTEXT, trained) : options.contextSize();
        if (wanted > (long) trained * options.sequences()) {
            throw new EngineException(
                    EngineError.OPTION,
                    "quipu.engine.context-size is " + wanted + ", but the model was trained on " + trained
                            + " tokens, and sequences are " + options.sequences() + ". Lower it.");
        }
        return wanted;
    }

    private static ModelParameters parameters(EngineOptions options, ModelInfo info) {
        int threads = options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
        ModelParameters parameters = new ModelParameters()
                .setModel(options.model().toString())
                .setCtxSize(info.contextSize())
                .setParallel(options.sequences())
                .setBatchSize(options.batchSize())
                .setUbatchSize(options.batchSize())
                .setThreads(threads)
                .setThreadsBatch(threads)
                .disableContextShift()
                .skipWarmup()
                .disableLog();
        return options.gpuLayers() <= 0 ? parameters : parameters.setGpuLayers(options.gpuLayers());
    }

    @Override
    public EngineCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public EngineCounters counters() {
        return new EngineCounters(
                promptTokens.sum(),
                0,
                outputTokens.sum(),
                sequences.getActiveCount(),
                sequences.getQueue().size());
    }

    @Override
    public ModelInfo model() {
        return info;
    }

    @Override
    public int[] tokenize(String text, boolean special) {
        return whileOpen(() -> vocabulary.tokenize(text, special));
    }

    @Override
    public String detokenize(int[] tokens, boolean special) {
        return whileOpen(() -> vocabulary.detokenize(tokens, special));
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
        requireNothingMissing(request);
        if (request.sampling().reported() >= 0) {
            throw new EngineException(
                    EngineError.UNSUPPORTED,
                    "The jni provider does not tell probabilities of tokens. Use the native provider: add"
                            + " quipu-llama-natives.");
        }
        int[] prompt = whileOpen(() -> vocabulary.prompt(request.prompt()));
        int room = room();
        if (prompt.length >= room) {
            throw new EngineException(
                    EngineError.PROMPT_TOO_LONG,
                    "The prompt has " + prompt.length + " tokens but a sequence holds " + room + " ("
                            + info.contextSize()
                            + " shared by " + options.sequences()
                            + "), one of them for the answer. Shorten it or raise quipu.engine.context-size.");
        }
        Pump pump = new Pump(this, request, prompt);
        try {
            sequences.execute(pump);
        } catch (RejectedExecutionException e) {
            requireOpen();
            throw new EngineBusyException(
                    options.queueLimit() + " requests wait for the engine already. Try again in " + RETRY.toSeconds()
                            + " s, or raise quipu.engine.queue-limit.",
                    RETRY);
        }
        return pump.stream();
    }

    private static void requireNothingMissing(GenerationRequest request) {
        if (!request.adapters().isEmpty() || !request.share().equals(Share.DEFAULT)) {
            throw new EngineException(
                    EngineError.UNSUPPORTED,
                    "The jni provider has neither adapters nor tenants and priorities. Use the native provider: add"
                            + " quipu-llama-natives.");
        }
    }

    private <T> T whileOpen(Supplier<T> work) {
        requireOpen();
        try {
            return CompletableFuture.supplyAsync(work, tokenizer).join();
        } catch (RejectedExecutionException e) {
            throw closedNow(e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw closedNow(null);
        }
    }

    private static EngineException closedNow(@Nullable Throwable cause) {
        return new EngineException(EngineError.CLOSED, "The engine is closed. Load it again.", cause);
    }

    /** Tokens that a sequence holds; the library gives each an equal share of the context. */
    int room() {
        return info.contextSize() / options.sequences();
    }

    boolean closed() {
        return closed.get();
    }

    LlamaModel library() {
        return model;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    void began(Pump pump) {
        running.add(pump);
    }

    void computes(int prompt) {
        promptTokens.add(prompt);
    }

    void drew(int tokens) {
        outputTokens.add(tokens);
    }

    void ended(Pump pump) {
        running.remove(pump);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            running.forEach(Pump::wake);
            sequences.close();
            tokenizer.close();
            // Nobody waits for a token any more: a thread that did would wait for ever.
            model.close();
        }
    }
}
