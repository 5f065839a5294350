package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.question.KnowledgeGraph;
import dev.quipu.kg.text.Document;
import dev.quipu.kg.text.TextGraph;
import dev.quipu.runtime.Assistant;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** The assistant of the shop with documents in its graph, a model that never writes a query, and a line to Neo4j. */
@ExtendWith(ShopExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class DocumentAnswerTest {
    private static final Identity CUSTOMER = new Identity.Customer("shop", "C1000");
    private static final String UNKNOWN_THING = "Are dogs allowed on the ferry to Texel?";

    private final ShopServer shop;
    private CutLine line;
    private GraphStore store;
    private TextGraph documents;
    private Assistant assistant;
    private int asked;

    DocumentAnswerTest(ShopServer shop) {
        this.shop = shop;
    }

    @BeforeAll
    void start() throws IOException {
        GraphLocation.Server server = shop.assembly().store().server();
        URI address = URI.create(server.uri());
        line = new CutLine(address.getHost(), address.getPort());
        store = GraphStore.open(new GraphLocation.Server(
                "bolt://127.0.0.1:" + line.port(), server.user(), server.password(), server.database()));
        documents = TextGraph.open(store, Map.of());
        documents.put(
                Document.of("ferry.md", "Ferries", "Dogs are allowed on the ferry to Texel. They wear a lead."),
                Document.of("prices.md", "Prices of 2025", "The average price of our head torches was 31 € in 2025."));
        KnowledgeGraph knowledge = KnowledgeGraph.open(
                        store,
                        ShopServer.SUITE,
                        shop.assembly().models(),
                        Home.cache().resolve("vectors"),
                        (conversation, grammar) -> "I am a language model.")
                .withDocuments(documents, InstantSource.system());
        assistant = Assistant.builder(shop.assembly().vertx())
                .knowledge(knowledge)
                .policy(request -> List.of())
                .address("")
                .build();
    }

    @AfterAll
    void stop() {
        documents.delete(documents.sources());
        assistant.close().await();
        store.close();
        line.close();
    }

    private Answer ask(String question) {
        return assistant.ask("documents-" + asked++, CUSTOMER, question).await();
    }

    @Test
    void quotesDocumentsWhenNoQueryCouldBeWritten() {
        Answer answer = ask("What is the average price of your head torches?");

        assertThat(answer.path()).isEqualTo(Answer.Path.PASSAGES);
        assertThat(answer.evidence().intent()).isEqualTo(":free");
        assertThat(answer.text())
                .isEqualTo("“Prices of 2025” says: The average price of our head torches was 31 € in 2025.");
    }

    @Test
    void refusesAsBeforeWhenNoDocumentIsAboutTheQuestion() {
        Answer unwritten = ask("What is the average price of your tents?");
        Answer uncovered = ask("Are parrots allowed on the ferry to Dover?");

        assertThat(List.of(unwritten, uncovered)).allSatisfy(answer -> {
            assertThat(answer.path()).isEqualTo(Answer.Path.REFUSAL);
            assertThat(answer.degraded()).isFalse();
        });
    }

    @Test
    void answersFromDocumentsWhileNeo4jIsAwayAndWholeAgainWhenItIsBack() throws IOException {
        Answer before = ask(UNKNOWN_THING);
        line.cut();

        Answer quoted = ask(UNKNOWN_THING);
        Answer unavailable = ask("Where is my order A50002?");
        line.mend();
        boolean healthy = store.healthy();
        Answer after = ask("Where is my order A50002?");

        assertThat(before.path()).isEqualTo(Answer.Path.PASSAGES);
        assertThat(before.degraded()).isFalse();
        assertThat(quoted.text()).isEqualTo(before.text()).startsWith("“Ferries” says: Dogs are allowed");
        assertThat(quoted.degraded()).isTrue();
        assertThat(unavailable.path()).isEqualTo(Answer.Path.REFUSAL);
        assertThat(unavailable.text()).contains("cannot reach our records");
        assertThat(unavailable.degraded()).isTrue();
        assertThat(Json.tree(unavailable).path("degraded").asBoolean()).isTrue();
        assertThat(healthy).isTrue();
        assertThat(after.path()).isEqualTo(Answer.Path.TEMPLATE);
        assertThat(after.degraded()).isFalse();
        assertThat(assistant.metrics().degraded()).isEqualTo(2);
    }
}
