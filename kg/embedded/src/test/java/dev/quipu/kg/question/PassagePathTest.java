package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Mention;
import dev.quipu.Question;
import dev.quipu.Retrieval;
import dev.quipu.Source;
import dev.quipu.Understanding;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.SharedGraph;
import dev.quipu.kg.text.Document;
import dev.quipu.kg.text.TextGraph;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGraph.class)
class PassagePathTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Question FERRY = ask("shop", "Are dogs allowed on the ferry to Texel?");

    private static final Intent READING = PassagePath.reading(KnowledgeGraph.PASSAGES, List.of());

    private TextGraph documents;
    private PassagePath path;

    @BeforeEach
    void prepare(GraphStore store) {
        documents = TextGraph.open(store, Map.of());
        path = new PassagePath(documents, () -> NOW);
    }

    private static Question ask(String tenant, String text) {
        return Question.of("c", new Identity.Customer(tenant, "c1"), text);
    }

    @Test
    void quotesADocumentWithItsTitleAndSource() {
        documents.put(Document.of("ferry.md", "Ferries", "Dogs are allowed on the ferry to Texel. They wear a lead."));

        Retrieval found = path.retrieve(READING, FERRY);

        assertThat(PassagePath.answer(found, FERRY.language()))
                .isEqualTo("“Ferries” says: Dogs are allowed on the ferry to Texel. They wear a lead.");
        assertThat(found.facts())
                .singleElement()
                .satisfies(fact -> assertThat(fact.sources()).containsExactly(new Source("ferry.md", 1)));
        assertThat(found.query()).contains("ferry.md#0");
    }

    @Test
    void quotesNothingOfAnotherBusinessAndNothingThatDoesNotHoldNow() {
        Document document = Document.of("theirs", "Ferries", "Dogs are allowed on the ferry to Texel.");
        documents.put(document.withTenant("harbour"));
        documents.put(Document.of("old", "Ferries of old", "Dogs are allowed on the ferry to Texel.")
                .withValidity(NOW.minusSeconds(60), NOW));

        assertThat(path.retrieve(READING, FERRY).facts()).isEmpty();
        assertThat(path.retrieve(READING, ask("harbour", FERRY.text())).facts()).hasSize(1);
    }

    @Test
    void quotesNothingThatAnotherProcessDeleted(GraphStore store) {
        documents.put(Document.of("ferry.md", "Ferries", "Dogs are allowed on the ferry to Texel."));
        assertThat(path.retrieve(READING, FERRY).facts()).hasSize(1);

        TextGraph.open(store, Map.of()).delete(List.of("ferry.md"));

        assertThat(path.retrieve(READING, FERRY).facts()).isEmpty();
    }

    @Test
    void readsOnlyQuestionsThatNoIntentCoversAndThatDocumentsAreAbout() {
        documents.put(Document.of("ferry.md", "Ferries", "Dogs are allowed on the ferry to Texel."));
        Mention product = new Mention("product", "p1", "Lead", 0, 0, 1, Mention.Stage.GAZETTEER);
        Understanding none = new Understanding(List.of(), List.of(product), true);
        Understanding covered = new Understanding(List.of(READING), List.of(), true);

        assertThat(path.instead(FERRY, none)).hasValueSatisfying(read -> {
            assertThat(read.readings()).singleElement().matches(PassagePath::is);
            assertThat(read.mentions()).containsExactly(product);
        });
        assertThat(path.instead(FERRY, covered)).isEmpty();
        assertThat(path.instead(ask("shop", "Is there a gym on the ferry to Dover?"), none))
                .isEmpty();
    }
}
