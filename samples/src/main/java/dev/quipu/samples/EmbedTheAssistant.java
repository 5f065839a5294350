package dev.quipu.samples;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
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
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;

/** A grounded assistant inside your own program: model, graph and rules in one process. */
public final class EmbedTheAssistant {
    private EmbedTheAssistant() {}

    /**
     * Asks one question.
     *
     * @param arguments a folder for the graph, the customer, the question
     */
    public static void main(String[] arguments) throws Exception {
        Path suite = Path.of("samples/suites/shop");
        Answer answer = ask(suite, Path.of(arguments[0]), arguments[1], arguments[2]);
        System.out.println(answer.text());
        answer.evidence().retrieval().facts().forEach(f -> System.out.println("  " + f.id() + " " + f.text()));
        System.exit(0);
    }

    static Answer ask(Path suite, Path work, String customer, String question) throws Exception {
        Vertx vertx = Vertx.vertx();
        Path gguf = ModelStore.standard().pull("smollm2-135m", PullListener.NONE);
        try (Engine engine = Engine.load(EngineOptions.builder(gguf).build());
                GraphStore graph = GraphStore.open(new GraphLocation.Folder(work.resolve("graph")))) {
            GraphLoader.of(graph, Mapping.read(suite.resolve("mapping.yaml"))).load(suite.resolve("data"));
            Map<Language, EmbeddingModel> embedders =
                    Map.of(Language.ENGLISH, new AllMiniLmL6V2QuantizedEmbeddingModel());
            LlamaChatModel model = LlamaChatModel.of(engine, "smollm2-135m");
            Assistant assistant = Assistant.builder(vertx)
                    .knowledge(KnowledgeGraph.open(graph, suite, embedders, work.resolve("vectors")))
                    .policy(DroolsPolicy.builder()
                            .folder(suite.resolve("rules"))
                            .build())
                    .chooser(model)
                    .phrasing(model)
                    .build();
            return assistant
                    .ask("conversation-1", new Identity.Customer("shop", customer), question)
                    .await();
        } finally {
            vertx.close().await();
        }
    }
}
