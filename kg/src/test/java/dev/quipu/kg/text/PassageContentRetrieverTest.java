package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassageContentRetrieverTest {
    @Test
    void saysWhereAContentComesFromAndWhyItWasFound() {
        SampleCorpus corpus = new SampleCorpus()
                .with("a/b", "Tent", "The tent weighs two kilograms.")
                .amongOthers(10);
        PassageContentRetriever retriever =
                new PassageContentRetriever(corpus.words(), 1, query -> PassageFilter.PUBLIC);

        List<Content> contents = retriever.retrieve(Query.from("What does the tent weigh?"));

        assertThat(contents).hasSize(1);
        assertThat(contents.getFirst().textSegment().text()).isEqualTo("The tent weighs two kilograms.");
        assertThat(contents.getFirst().textSegment().metadata().getString("source"))
                .isEqualTo("a/b");
        assertThat(contents.getFirst().textSegment().metadata().getString("reason"))
                .contains("the question names it");
    }
}
