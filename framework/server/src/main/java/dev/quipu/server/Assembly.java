package dev.quipu.server;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import dev.quipu.Language;
import dev.quipu.Policy;
import dev.quipu.codegen.CodeModel;
import dev.quipu.kg.GraphLoader;
import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.LoadReport;
import dev.quipu.kg.Mapping;
import dev.quipu.kg.cypher.QueryWriter;
import dev.quipu.kg.question.KnowledgeGraph;
import dev.quipu.kg.text.TextGraph;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineCounters;
import dev.quipu.llama.EngineMetrics;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.LlamaChatModel;
import dev.quipu.llama.Sampling;
import dev.quipu.rules.DroolsPolicy;
import dev.quipu.runtime.Assistant;
import dev.quipu.runtime.AssistantLimits;
import dev.quipu.runtime.ConversationLog;
import dev.quipu.server.code.EngineCodeModel;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A suite brought to life: graph, rules, embedders, engine and assistant, started side by side.
 *
 * <p>When one part fails, those already started are closed and the failure is thrown.
 */
final class Assembly implements AutoCloseable {
    /** A small local model is asked only what it answers soon: after these times the graph's own words stand. */
    private static final AssistantLimits LIMITS = AssistantLimits.builder()
            .chooserDeadline(Duration.ofMillis(800))
            .phraseDeadline(Duration.ofMillis(1_500))
            .build();

    /** Writing a query takes a small model seconds on a small machine. The other half of a turn is for documents instead. */
    private static final Duration QUERY_DEADLINE = LIMITS.turnDeadline().dividedBy(2);

    private final Path suite;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<String, Long> millis = new ConcurrentSkipListMap<>();
    private final Listener listener;
    private final Vertx vertx;
    private final @Nullable Engine engine;
    private final @Nullable LlamaChatModel model;
    private final GraphStore store;
    private final LoadReport loaded;
    private final Map<Language, EmbeddingModel> embedders;
    private final VectorModels vectors;
    private final KnowledgeGraph knowledge;
    private final Assistant assistant;

    /**
     * What to start.
     *
     * @param suite the suite's folder
     * @param data the folder of its data files
     * @param graph where the graph is
     * @param model the GGUF file, absent to run without a model
     * @param without parts that a measurement leaves out
     */
    record Plan(
            Path suite,
            Path data,
            GraphLocation graph,
            @Nullable Path model,
            String modelName,
            ConversationLog log,
            Clock clock,
            Set<Part> without) {
        Plan {
            without = Set.copyOf(without);
        }

        Plan withoutModel() {
            return new Plan(suite, data, graph, null, "none", log, clock, without);
        }

        Plan without(Set<Part> parts) {
            return new Plan(suite, data, graph, model, modelName, log, clock, parts);
        }
    }

    /** Parts that a measurement may leave out, to see what each is worth. */
    enum Part {
        linking,
        templates,
        cypher,
        passages,
        rules
    }

    /** Hears what is being started, from several threads. */
    interface Listener {
        /** Hears nothing. */
        Listener NONE = new Listener() {};

        default void starting(String part) {}

        default void started(String part, long millis) {}
    }

    private record Graph(GraphStore store, LoadReport report) {}

    Assembly(Plan plan) {
        this(plan, Listener.NONE);
    }

    Assembly(Plan plan, Listener listener) {
        this.listener = listener;
        this.suite = plan.suite();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                4, Thread.ofPlatform().name("quipu-start").factory())) {
            CompletableFuture<Map<Language, EmbeddingModel>> embed = start(threads, "embedders", Assembly::embedders);
            CompletableFuture<Graph> graph = start(threads, "graph", () -> openGraph(plan, embed));
            CompletableFuture<Policy> policy = start(
                    threads,
                    "rules",
                    () -> plan.without().contains(Part.rules) ? request -> List.of() : keep(policy(plan)));
            CompletableFuture<Optional<Engine>> llama = start(threads, "engine", () -> engine(plan));
            try {
                vertx = Vertx.vertx();
                keep(() -> vertx.close().await());
                engine = llama.join().orElse(null);
                embedders = embed.join();
                vectors = new VectorModels(embedders);
                Graph opened = graph.join();
                store = opened.store();
                loaded = opened.report();
                knowledge = timed("knowledge", () -> openKnowledge(plan));
                model = engine == null
                        ? null
                        : LlamaChatModel.of(engine, plan.modelName()).with(Sampling.GREEDY, Duration.ofSeconds(30));
                assistant = assistant(plan, policy.join());
            } catch (CompletionException e) {
                close();
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }
    }

    private KnowledgeGraph openKnowledge(Plan plan) {
        Path cache = Home.cache().resolve("vectors");
        KnowledgeGraph opened = engine == null || plan.without().contains(Part.cypher)
                ? KnowledgeGraph.open(store, plan.suite(), embedders, cache)
                : KnowledgeGraph.open(
                        store, plan.suite(), embedders, cache, new EngineQueryWriter(engine, QUERY_DEADLINE));
        EnumSet<KnowledgeGraph.Part> missing = EnumSet.noneOf(KnowledgeGraph.Part.class);
        if (plan.without().contains(Part.linking)) {
            missing.add(KnowledgeGraph.Part.LINKING);
        }
        if (plan.without().contains(Part.templates)) {
            missing.add(KnowledgeGraph.Part.TEMPLATES);
        }
        KnowledgeGraph whole = plan.without().contains(Part.passages) ? opened : withDocuments(opened, plan);
        return missing.isEmpty() ? whole : whole.without(missing);
    }

    /** Documents take part where the graph has some at the start: their models are not loaded for nothing. */
    private KnowledgeGraph withDocuments(KnowledgeGraph opened, Plan plan) {
        boolean indexed = !store.read("MATCH (p:TextPassage) RETURN 1 AS one LIMIT 1", Map.of())
                .isEmpty();
        return indexed ? opened.withDocuments(TextGraph.open(store, PassageModels.standard()), plan.clock()) : opened;
    }

    private Assistant assistant(Plan plan, Policy policy) {
        Assistant.Builder builder = Assistant.builder(vertx)
                .knowledge(knowledge)
                .policy(policy)
                .log(plan.log())
                .limits(LIMITS);
        if (model != null) {
            builder.chooser(model).phrasing(model);
        }
        Assistant made = builder.build();
        keep(() -> made.close().await());
        return made;
    }

    private static DroolsPolicy policy(Plan plan) {
        DroolsPolicy policy = DroolsPolicy.builder()
                .folder(plan.suite().resolve("rules"))
                .clock(plan.clock())
                .cache(Home.cache().resolve("rules"))
                .build();
        policy.warmUp();
        return policy;
    }

    private Graph openGraph(Plan plan, CompletableFuture<Map<Language, EmbeddingModel>> embed) {
        GraphStore opened = keep(GraphStore.open(plan.graph()));
        Mapping mapping = Mapping.read(plan.suite().resolve("mapping.yaml"));
        return new Graph(opened, loader(opened, mapping, embed::join).load(plan.data()));
    }

    /** A loader that waits for the embedding models only when the mapping asks for vectors. */
    static GraphLoader loader(GraphStore store, Mapping mapping, Supplier<Map<Language, EmbeddingModel>> models) {
        GraphLoader loader = GraphLoader.of(store, mapping);
        return mapping.vectors().isEmpty()
                ? loader
                : loader.withEmbedder(Objects.requireNonNull(models.get().get(Language.ENGLISH)));
    }

    private Optional<Engine> engine(Plan plan) {
        return Optional.ofNullable(plan.model())
                .map(m -> keep(Engine.load(EngineOptions.builder(m).build())));
    }

    static Map<Language, EmbeddingModel> embedders() {
        Map<Language, EmbeddingModel> models = new LinkedHashMap<>();
        models.put(Language.ENGLISH, new AllMiniLmL6V2QuantizedEmbeddingModel());
        models.put(Language.CHINESE, new BgeSmallZhV15QuantizedEmbeddingModel());
        return models;
    }

    private <T> CompletableFuture<T> start(ExecutorService threads, String name, Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> timed(name, work), threads);
    }

    private <T> T timed(String name, Callable<T> work) {
        long start = System.nanoTime();
        listener.starting(name);
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServerException(ServerError.IO, name + " did not start: " + e.getMessage() + ".", e);
        } finally {
            long taken = (System.nanoTime() - start) / 1_000_000;
            millis.put(name, taken);
            listener.started(name, taken);
        }
    }

    /** Takes a part that is closed with the others. */
    <T extends AutoCloseable> T keep(T part) {
        synchronized (started) {
            started.push(part);
        }
        return part;
    }

    Assistant assistant() {
        return assistant;
    }

    Vertx vertx() {
        return vertx;
    }

    KnowledgeGraph knowledge() {
        return knowledge;
    }

    /** The same knowledge with another writer of queries; it shares the store, which stays this assembly's. */
    KnowledgeGraph knowledgeWith(QueryWriter writer) {
        return KnowledgeGraph.open(store, suite, embedders, Home.cache().resolve("vectors"), writer);
    }

    GraphStore store() {
        return store;
    }

    LoadReport loaded() {
        return loaded;
    }

    Map<Language, EmbeddingModel> models() {
        return embedders;
    }

    /** The models that serve vectors and scores; others may be added before the server starts. */
    VectorModels vectors() {
        return vectors;
    }

    /** The model, absent when none was asked for. */
    @Nullable
    LlamaChatModel model() {
        return model;
    }

    /** The engine, where a model was asked for. */
    Optional<Engine> engine() {
        return Optional.ofNullable(engine);
    }

    /** The engine of a command that cannot do without. */
    Engine requireEngine() {
        requireModel();
        return Objects.requireNonNull(engine);
    }

    /** The model of a command that cannot do without. */
    LlamaChatModel requireModel() {
        if (model == null) {
            throw new ServerException(ServerError.USAGE, "This needs a model. Name one with --model.");
        }
        return model;
    }

    /** The model as a writer of code. */
    CodeModel codeModel(String name) {
        if (engine == null) {
            throw new ServerException(ServerError.USAGE, "Writing code needs a model. Name one with --model.");
        }
        return new EngineCodeModel(engine, name, Optional.empty());
    }

    /** How the engine serves; nothing without one. */
    EngineMetrics metrics() {
        return engine == null ? EngineMetrics.of(new EngineCounters(0, 0, 0, 0, 0)) : engine.metrics();
    }

    /** How many tokens a text has for the loaded model; without one, a fourth of its bytes. */
    int tokens(String text) {
        return engine == null
                ? (text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 3) / 4
                : engine.tokenize(text, false).length;
    }

    /** How long each part took to start. */
    Map<String, Long> millis() {
        return Map.copyOf(millis);
    }

    /** Closes the parts when a signal ends the process, so that the graph need not recover at its next start. */
    void closeAtExit() {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("quipu-exit").unstarted(this::close));
    }

    /** Closes what was started, the latest first. A second caller waits until the first is done. */
    @Override
    public synchronized void close() {
        while (true) {
            @Nullable AutoCloseable part;
            synchronized (started) {
                part = started.poll();
            }
            if (part == null) {
                return;
            }
            try {
                part.close();
            } catch (Exception e) {
                org.slf4j.LoggerFactory.getLogger(Assembly.class).atWarn().log("A part did not close", e);
            }
        }
    }
}
