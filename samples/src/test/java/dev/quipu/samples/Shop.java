package dev.quipu.samples;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.Language;
import dev.quipu.kg.GraphLoader;
import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Mapping;
import dev.quipu.kg.question.KnowledgeGraph;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.LlamaChatModel;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import dev.quipu.rules.DroolsPolicy;
import dev.quipu.runtime.Assistant;
import dev.quipu.runtime.ConversationLog;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The sample shop with its real parts: a model, a Neo4j in a folder, its rules. */
final class Shop implements AutoCloseable {
    static final Path SUITE = Path.of("suites", "shop");
    static final Identity CUSTOMER = new Identity.Customer("shop", "C1000");

    private static final Clock CURRENT = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setBlockedThreadCheckInterval(10)
            .setMaxEventLoopExecuteTime(TimeUnit.MILLISECONDS.toNanos(50))
            .setWarningExceptionTime(TimeUnit.MILLISECONDS.toNanos(50)));
    private final AtomicLong conversations = new AtomicLong();
    private final Engine engine;
    private final GraphStore graph;
    private final Assistant assistant;

    Shop(Path work, ConversationLog log) {
        Path gguf = ModelStore.standard().pull("smollm2-135m", PullListener.NONE);
        engine = Engine.load(EngineOptions.builder(gguf).build());
        graph = GraphStore.open(new GraphLocation.Folder(work.resolve("graph")));
        GraphLoader.of(graph, Mapping.read(SUITE.resolve("mapping.yaml"))).load(SUITE.resolve("data"));
        Map<Language, EmbeddingModel> embedders = Map.of(
                Language.ENGLISH, new AllMiniLmL6V2QuantizedEmbeddingModel(),
                Language.CHINESE, new BgeSmallZhV15QuantizedEmbeddingModel());
        LlamaChatModel model = LlamaChatModel.of(engine, "smollm2-135m");
        assistant = Assistant.builder(vertx)
                .knowledge(KnowledgeGraph.open(graph, SUITE, embedders, work.resolve("vectors")))
                .policy(DroolsPolicy.builder()
                        .folder(SUITE.resolve("rules"))
                        .clock(CURRENT)
                        .build())
                .log(log)
                .chooser(model)
                .phrasing(model)
                .build();
    }

    Vertx vertx() {
        return vertx;
    }

    Assistant assistant() {
        return assistant;
    }

    /** Asks in a conversation of its own. */
    Answer ask(Identity who, String question) {
        return assistant
                .ask("test-" + conversations.incrementAndGet(), who, question)
                .await();
    }

    /** The database goes away under the running assistant. */
    void stopGraph() {
        graph.close();
    }

    @Override
    public void close() {
        assistant.close().await();
        graph.close();
        engine.close();
        vertx.close().await();
    }
}
